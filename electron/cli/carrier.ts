import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { OfflineTransfer } from '#electron/worker/outbox/carrier/offlineTransfer.ts'
import type { Command, CommandContext } from './command.ts'
import { isDemo } from './demonstration.ts'
import { readPath } from './readInput.ts'
import { signedIn } from './signedIn.ts'

/** Acts leave sealed: the counter itself carries them out. */
const counterItself = { code: 'counter' } as const

/** `guichet outbox export` and `guichet outbox import-answers`: acts carried by hand. */
export const carrierCommands: readonly Command[] = [
  {
    name: 'outbox export',
    summary: 'seals everything that waits into one file, for a site without a line',
    usage: '--to FILE',
    options: { to: { type: 'string' } },
    async run(context) {
      const to = context.options['to']
      if (typeof to !== 'string') return err(faultOf('call.invalid', '--to FILE'))
      const sealed = await carrying(context, (carrier) =>
        carrier.export(counterItself, {
          chooseFile: () => Promise.resolve(to),
          signal: context.signal,
          evenEmpty: true,
        }),
      )
      if (!sealed.ok) return sealed
      const { acts, files, exportId } = sealed.value
      return ok({
        json: { exportId, acts, files, file: to },
        text: `${String(acts)} acts and ${String(files)} files sealed in ${to}; they wait for the answers`,
      })
    },
  },
  {
    name: 'outbox import-answers',
    summary: 'takes in the answers of the platform to an export, in the name of who signs in',
    usage: 'FILE [--login LOGIN]',
    options: { login: { type: 'string' } },
    async run(context) {
      const bytes = await readPath(context.positionals[0] ?? '')
      if (!bytes.ok) return bytes
      // What comes in changes what is believed of the acts: somebody takes it in, and the journal says who.
      return signedIn(context, 'agent', async ({ ask }) => {
        const taken = await ask('outbox.importAnswers', { bytes: new Uint8Array(bytes.value) })
        if (!taken.ok) return taken
        const { applied, duplicate, rejected, conflict, files } = taken.value
        return ok({
          json: taken.value,
          text: `${String(applied)} applied, ${String(duplicate)} already known, ${String(rejected)} rejected, ${String(conflict)} in conflict, ${String(files)} files stored`,
        })
      })
    },
  },
]

const carrying = async <T>(
  context: CommandContext,
  act: (carrier: OfflineTransfer) => Promise<Result<T>>,
): Promise<Result<T>> => {
  const [{ openRegister }, { createOfflineTransfer }, { createJournal }, { identityOf }, { systemClock }, { v7 }] =
    await Promise.all([
      import('./openRegister.ts'),
      import('#electron/worker/outbox/carrier/offlineTransfer.ts'),
      import('#electron/worker/journal/journal.ts'),
      import('#electron/worker/outbox/composeOutbox.ts'),
      import('#electron/worker/core/systemClock.ts'),
      import('uuid'),
    ])
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, counter, rollbackGuard, close } = register.value
  const journal = createJournal(systemClock, counter, store.db, rollbackGuard.raise)
  try {
    return await act(
      createOfflineTransfer(
        { store, journal, clock: systemClock, counter, newId: () => v7() },
        identityOf(store, counter),
        isDemo(context),
      ),
    )
  } finally {
    close()
  }
}
