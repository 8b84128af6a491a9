import type { Result } from '#shared/result.ts'
import { err, ok } from '#shared/result.ts'
import { faultOf } from '#shared/fault.ts'
import { composeOutbox } from '#electron/worker/outbox/composeOutbox.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import { platformAddress } from '#electron/worker/outbox/rows/platformTrust.ts'
import type { DrainReport } from '#electron/worker/outbox/ports.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { CommandContext } from './command.ts'
import { isDemo } from './demonstration.ts'
import { networkHere } from './networkHere.ts'
import { openRegister } from './openRegister.ts'
import { version } from './version.ts'

/**
 * Sends everything that waits in the register of a data folder, and says what came of it. Faults: platform.notConfigured
 * (neither the register nor the command says where the platform is); those of `openRegister`.
 */
export async function drainOutbox(context: CommandContext): Promise<Result<DrainReport>> {
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, counter, rollbackGuard, close } = register.value
  const given = {
    platformUrl: context.platformUrl,
    demo: isDemo(context),
    network: networkHere(context),
    version: version(),
  }
  if (platformAddress(store.db, context.platformUrl) === undefined) {
    close()
    return err(faultOf('platform.notConfigured'))
  }
  const journal = createJournal(systemClock, counter, store.db, rollbackGuard.raise)
  const outbox = composeOutbox({ store, journal, counter, clock: systemClock, ...given, onChange: () => undefined })
  context.signal.addEventListener(
    'abort',
    () => {
      void outbox.close()
    },
    { once: true },
  )
  try {
    return ok(await outbox.drain())
  } finally {
    await outbox.close()
    close()
  }
}
