import type { Result } from '#shared/result.ts'
import { ok } from '#shared/result.ts'
import { joinOutbox } from '#electron/worker/outbox/composeOutbox.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import type { DrainReport } from '#electron/worker/outbox/ports.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import type { CommandContext } from './command.ts'
import { openRegister } from './openRegister.ts'

/** Sends everything that waits in the register of a data folder, and says what came of it. */
export async function drainOutbox(context: CommandContext, platformUrl: string): Promise<Result<DrainReport>> {
  const register = await openRegister(context)
  if (!register.ok) return register
  const { store, counter, highWater, close } = register.value
  const journal = createJournal(systemClock, counter, store.db, highWater.raise)
  const outbox = joinOutbox({ store, journal, counter, clock: systemClock, platformUrl, onChange: () => undefined })
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
