import { dirname, join } from 'node:path'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { faultOf, faults, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { prepareOut, targetFault } from '#electron/worker/files/target.ts'
import type { CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'

/** What a command deposited. */
interface Done extends Pick<DepositView, 'number' | 'requestId' | 'receiptId'> {
  readonly commandId: string
  /** Tells its paper from the others of the number. */
  readonly which?: string
}

/** Whether the paper can be put where it was asked for; its own folder is made with the register. */
export const placeOf = ({ options: { out } }: CommandContext): Result<unknown> => {
  if (typeof out !== 'string') return ok(undefined)
  const odd = out === '' ? faultOf('file.unwritable', 'no name') : targetFault(out)
  return odd === undefined ? prepareOut(dirname(out)) : err(odd)
}

/** The receipt of an act as a file (`--out`, else `receipts/` of the data folder), and what is said of it. */
export async function writtenReceipt(
  ask: OpenWorker['ask'],
  done: Done,
  context: CommandContext,
): Promise<Result<Said>> {
  const { number, requestId, receiptId, which = '' } = done
  // The act is committed: whatever fails now, its number is said.
  const without = (fault: Fault): Result<Said> => doneWithout(fault, done)
  const paper = await ask('receipt.pdf', { receiptId })
  if (!paper.ok) return without(paper.fault)
  const out = context.options['out']
  const pdf =
    typeof out === 'string' ? out : join(context.dataDir, 'receipts', `${number.replaceAll('/', '-')}${which}.pdf`)
  const place = prepareOut(dirname(pdf))
  const written = place.ok ? place.value.write(pdf, paper.value.pdf) : place
  if (!written.ok) return without(written.fault)
  return ok({
    json: { number, requestId, receipt: { pdf, sha256: paper.value.sha256, qr: paper.value.seal } },
    text: `${number}\n${pdf}\n${paper.value.seal}`,
  })
}

/** The act stands and its paper could not be written: the same command id gives it again, and no second act. */
const doneWithout = (fault: Fault, { number, requestId, commandId }: Done): Result<Said> => {
  const { blame, retry } = faults[fault.code]
  return ok({
    json: { number, requestId, commandId, fault: { ...fault, blame, retry } },
    text: [
      number,
      `deposited; its paper was not written: ${fault.code}${fault.detail === undefined ? '' : `: ${fault.detail}`}`,
      `the same request with "commandId": "${commandId}" writes it, under this number`,
    ].join('\n'),
    failed: true,
  })
}
