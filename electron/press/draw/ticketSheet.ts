import type { Content } from 'pdfmake'
import type { TicketDocument } from '#shared/domain/hall/ticketPaper.ts'
import type { Bilingual } from '#shared/domain/receipt/receiptText.ts'
import type { RollDots } from '#shared/ports/ticketPrinter.ts'
import type { Sheet } from '../engine/engine.ts'
import type { Fonts } from '../engine/fonts.ts'
import { sizeWithin } from '../engine/outline.ts'
import { textNode, type Manner } from '../engine/setting.ts'

/** Dots an inch of thermal printers: eight a millimetre. */
export const rollDpi = 203
/** Higher than any ticket, in points: what stays blank is not printed. */
const height = 560
const side = 3
const ink = '#000000'

/**
 * A ticket for a roll: one layout, its number as large as the roll is wide. Thermal heads print black or nothing, so that
 * nothing is grey and no letter is small.
 * @param dots across the roll
 */
export function ticketSheet(document: TicketDocument, dots: RollDots, fonts: Fonts): Sheet {
  const width = (dots * 72) / rollDpi
  const room = width - 2 * side
  /** Letters of the narrow roll are smaller, not by as much as the roll is: an arm is as long as before. */
  const scale = dots === 576 ? 1 : 0.86
  const centred = (text: string, of: 'fr' | 'ar', size: number, manner: Partial<Manner> = {}): Content =>
    textNode(text, { side: of, size: size * scale, colour: ink, alignment: 'center', ...manner }, fonts)
  const both = (text: Bilingual, size: number, manner: Partial<Manner> = {}): Content[] => [
    centred(text.ar, 'ar', size, manner),
    centred(text.fr, 'fr', size, manner),
  ]
  const large = sizeWithin(document.number, room - 4, { largest: 84, smallest: 10 }, 'bold', fonts)
  return {
    title: document.title,
    size: { width, height },
    margins: { left: side, top: 2, right: side, bottom: 0 },
    content: {
      stack: [
        ...both(document.office, 9),
        ...(document.service === undefined
          ? []
          : [
              {
                stack: both(document.service, 14, { bold: true }),
                margin: [0, 8, 0, 0] as [number, number, number, number],
              },
            ]),
        textNode(
          document.number,
          { side: 'fr', size: large, bold: true, colour: ink, alignment: 'center', spacing: 0.88, below: 5 * scale },
          fonts,
        ),
        ...document.lines.map((line): Content => ({ stack: both(line, 11), margin: [0, 0, 0, 4] })),
        centred(document.moment, 'fr', 11, { bold: true, above: 4, below: 4 }),
        ...both(document.keep, 8.5),
      ],
    },
  }
}
