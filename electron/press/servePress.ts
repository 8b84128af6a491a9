import { pressCalls, type PressCalls, type PressEvents } from '#shared/contract/pressCalls.ts'
import { serve, type Wire } from '#shared/contract/wire.ts'
import type { Press } from '#shared/ports/press.ts'
import { ok } from '#shared/result.ts'
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
  const own = (pdf: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(pdf)
  serve<PressCalls, PressEvents>(
    wire,
    pressCalls,
    {
      'press.make': async (asked) => {
        const order = orderOf(asked)
        if (!order.ok) return order
        const made = await (await press()).make(order.value)
        return made.ok ? ok({ ...made.value, pdf: own(made.value.pdf) }) : made
      },
      'press.propose': async (letter, signal) => {
        const read = await (await press()).propose(letter, signal)
        if (!read.ok || read.value.files === undefined) return read
        return ok({ ...read.value, files: read.value.files.map((file) => ({ ...file, bytes: own(file.bytes) })) })
      },
      'press.duplicata': async ({ pdf, mark }) => {
        const made = await (await press()).duplicata(pdf, mark)
        return made.ok ? ok({ pdf: own(made.value) }) : made
      },
      'press.ticket': async ({ facts, dots }) => (await press()).ticket(facts, dots),
      'press.separators': async ({ sheets }) => {
        const made = await (await press()).separators(sheets)
        return made.ok ? ok({ pdf: own(made.value) }) : made
      },
      'press.labels': async (sheet) => {
        const made = await (await press()).labels(sheet)
        return made.ok ? ok({ pdf: own(made.value) }) : made
      },
      'press.split': async ({ stack, office }, signal) => (await press()).split(stack, office, signal),
      'press.cut': async ({ stack, pages }) => {
        const made = await (await press()).cut(stack, pages)
        return made.ok ? ok({ pdf: own(made.value) }) : made
      },
      'press.bind': async ({ pages }) => {
        const made = await (await press()).bind(pages)
        return made.ok ? ok({ pdf: own(made.value) }) : made
      },
      'press.picture': async ({ file, page }) => (await press()).picture(file, page),
      'press.table': async ({ file, page }) => (await press()).table(file, page),
      'press.fillModel': async (order) => {
        const filled = await (await press()).fillModel(order)
        return filled.ok ? ok({ filled: own(filled.value) }) : filled
      },
      'press.stamp': async ({ pdf, facts }) => {
        const stamped = await (await press()).stamp(pdf, facts)
        return stamped.ok ? ok({ ...stamped.value, pdf: own(stamped.value.pdf) }) : stamped
      },
    },
    onCrash,
  )
}
