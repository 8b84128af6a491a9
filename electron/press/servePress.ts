import { pressCalls, type PressCalls, type PressEvents } from '#shared/contract/pressCalls.ts'
import { serve, type Wire } from '#shared/contract/wire.ts'
import type { Press } from '#shared/ports/press.ts'
import { ok, type Result } from '#shared/result.ts'
import { orderOf } from './openPress.ts'

/**
 * Answers one worker on its wire. A layout that throws is told to `onCrash` and costs one paper.
 * @param press opened when the first call comes, or before
 */
export function servePress(
  wire: Wire,
  press: () => Promise<Press>,
  onCrash: (call: string, cause: unknown) => void,
): void {
  // Bytes of their own, not of a pool: the wire carries what they lie in.
  const made = (pdf: Result<Uint8Array>): Result<{ pdf: Uint8Array<ArrayBuffer> }> =>
    pdf.ok ? ok({ pdf: new Uint8Array(pdf.value) }) : pdf
  serve<PressCalls, PressEvents>(
    wire,
    pressCalls,
    {
      'press.make': async (asked) => {
        const order = orderOf(asked)
        return order.ok ? made(await (await press()).make(order.value)) : order
      },
      'press.duplicata': async ({ pdf, mark }) => made(await (await press()).duplicata(pdf, mark)),
    },
    onCrash,
  )
}
