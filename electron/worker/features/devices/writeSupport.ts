import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { writeOut } from '../../files/writeOut.ts'
import { supportName, supportPieces } from '../../upkeep/supportBundle.ts'

/**
 * Writes the support bundle where the person at the screen says. How the register stands is told in counts and codes.
 * Faults: file.unwritable (also without a screen), file.noRoom, call.cancelled.
 */
export async function writeSupport(
  { parts, context, outbox }: Pick<HandlerContext, 'parts' | 'context' | 'outbox'>,
  signal: AbortSignal,
): Promise<Result<{ name: string }>> {
  if (parts.chooseFile === undefined) return err(faultOf('file.unwritable', 'no screen'))
  const name = supportName(context.counter, context.clock.now())
  const path = await parts.chooseFile(name)
  if (path === undefined) return err(faultOf('call.cancelled'))
  const { link, since, lastSyncAt, fault, pending, refused, filesPending } = outbox.status()
  const register = {
    counter: context.counter,
    ...context.store.facts(),
    barred: context.store.readOnlyReason()?.code,
    outbox: { link, since, lastSyncAt, fault: fault?.code, detail: fault?.detail, pending, refused, filesPending },
  }
  const { dataDir, versions, settings = {} } = parts
  const written = await writeOut(path, supportPieces({ dataDir, versions, settings, reports: { register } }), signal)
  return written.ok ? ok({ name }) : written
}
