import type { Content } from 'pdfmake'
import type { MailSheets } from '#shared/domain/mail/mailSheets.ts'
import { datum, formatDay, isolated } from '#shared/domain/receipt/receiptText.ts'
import { wallTime } from '#shared/domain/clock/officeTime.ts'
import { parseRegisterNumber } from '#shared/domain/registerNumber.ts'
import { mailOfNumber } from '#shared/domain/scan/labels.ts'
import type { StampFacts } from '#shared/ports/mailPress.ts'
import type { Sheet } from '../engine/engine.ts'
import type { Fonts } from '../engine/fonts.ts'
import { sizeWithin } from '../engine/outline.ts'
import { drawQr } from '../engine/qr.ts'
import { bilingualLine, textNode } from '../engine/setting.ts'
import { mm } from '../draw/page.ts'

/** The stamp on paper, in points; a registry stamp is at most 85 × 55 mm. */
export const stampSize = { width: 80 * mm, height: 42 * mm } as const
const padding = 3 * mm
const qrSide = 19 * mm
const ink = '#1f3f8f'
/** Long names of offices take smaller letters, not a larger stamp. */
const sizes = [7.2, 6.2, 5.2, 4.3, 3.5] as const

/** The stamp of the mail office as a sheet of its own size, on no ground: paper shows through. */
export function stampSheets(
  facts: StampFacts,
  words: MailSheets['words']['stamp'],
  fonts: Fonts,
): readonly [Sheet, ...Sheet[]] {
  const register = parseRegisterNumber(facts.number)?.register
  const title = register === 'departures' || register === 'internal' ? words[register] : words.arrivals
  const { day, time } = wallTime(new Date(facts.at), facts.utcOffsetMinutes)
  const column = stampSize.width - 2 * padding
  const beside = column - qrSide - 2 * mm
  const strong = (text: string, largest: number): Content =>
    textNode(
      // Each word by itself: a reader who looks for day and time finds them with a plain space between.
      text.split(' ').map(datum).join(' '),
      {
        side: 'fr',
        bold: true,
        colour: ink,
        size: sizeWithin(text, beside - 1, { largest, smallest: 5 }, 'bold', fonts),
        below: 2,
      },
      fonts,
    )
  const sheet = (size: number): Sheet => ({
    title: words.title.fr,
    size: stampSize,
    margins: { left: padding, top: padding * 0.8, right: padding, bottom: 0 },
    content: [
      bilingualLine(title, { size: 15, bold: true, colour: ink }, fonts),
      // Beside the code, whose room is left to it however long the name is.
      {
        columns: [
          {
            width: beside,
            stack: [
              textNode(isolated(facts.office.ar), { side: 'ar', size, colour: ink }, fonts),
              textNode(isolated(facts.office.fr), { side: 'fr', size, colour: ink, below: 3 }, fonts),
              strong(facts.number, 13),
              strong(`${formatDay(day)} ${time}`, 13),
            ],
          },
          { width: qrSide, text: '' },
        ],
      },
    ],
    background: (page) => {
      const { width, height } = stampSize
      page
        .lineWidth(1.2)
        .roundedRect(0.8, 0.8, width - 1.6, height - 1.6, 4)
        .stroke(ink)
      page
        .lineWidth(0.4)
        .roundedRect(2.8, 2.8, width - 5.6, height - 5.6, 3)
        .stroke(ink)
      drawQr(page, codeOf(facts), width - padding - qrSide, height - padding - qrSide, qrSide)
    },
  })
  const [usual, ...smaller] = sizes
  return [sheet(usual), ...smaller.map(sheet)]
}

/** What opens the letter when its paper is scanned, as the code of a label does. */
const codeOf = ({ number }: StampFacts): string => (mailOfNumber(number) === undefined ? number : `GM1:${number}`)
