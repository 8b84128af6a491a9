import { type z } from 'zod'
import type { PaperDocument } from '../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../domain/papers/template.ts'
import { datum, formatDay, formatInstant, isolated } from '../../../domain/receipt/receiptText.ts'
import type { DayListFacts } from './dayList.ts'
import words from './dayList.json' with { type: 'json' }

/** `dayList.json`. */
const dayListTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  ...phrases('title', 'day', 'count', 'at', 'none', 'use'),
  ...phrases('time', 'number', 'service', 'minutes', 'ticket', 'came', 'remarks'),
})
type DayListTemplate = z.infer<typeof dayListTemplate>

/** A line for each appointment, with room to write when he came and which ticket he was given. */
function dayListDocument(facts: DayListFacts, { words }: DayListTemplate): PaperDocument {
  const { day, time, offset } = formatInstant(facts.at, 'UTC', facts.utcOffsetMinutes)
  const on = formatDay(facts.day)
  return {
    fileTitle: `${words.title.fr} ${on}`,
    letterhead: [...facts.authority, facts.office],
    title: words.title,
    blocks: [
      {
        block: 'lines',
        lines: [
          { label: words.day, values: [datum(on)], strong: true, size: 'large' },
          { label: words.count, values: [datum(String(facts.lines.length))], strong: true },
          { label: words.at, values: [datum(`${day} ${time} (${offset})`)] },
        ],
      },
      { block: 'note', as: 'remark', text: facts.lines.length === 0 ? words.none : words.use },
      ...(facts.lines.length === 0
        ? []
        : [
            {
              block: 'table',
              large: true,
              heads: [words.time, words.number, words.service, words.minutes, words.ticket, words.came, words.remarks],
              widths: [38, 48, '*', 44, 48, 48, 110],
              rows: facts.lines.map((line) => [
                datum(line.time),
                datum(line.appointment),
                `${datum(line.service)} · ${isolated(line.name.fr)}`,
                datum(String(line.minutes)),
                line.ticket === undefined ? '' : datum(line.ticket),
                '',
                '',
              ]),
            } as const,
          ]),
    ],
    foot: { text: on, page: words.page },
  }
}

/** How the press draws it. */
export const dayListDrawing = drawing(dayListTemplate, words, dayListDocument)
