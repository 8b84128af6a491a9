import { type z } from 'zod'
import { datum, formatDay, formatInstant, isolated } from '../../../domain/receipt/receiptText.ts'
import type { PaperDocument } from '../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../domain/papers/template.ts'
import { fill } from '../../../text/fill.ts'
import type { ReminderPaper } from './paperFacts.ts'
import words from './reminder.json' with { type: 'json' }

/** `reminder.json`. */
const reminderTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  late: phrase('days'),
  ...phrases('title', 'reminder', 'to', 'at', 'agent', 'ask', 'number', 'letter', 'by', 'times', 'answer', 'noDay'),
  ...phrases('confidential', 'keep', 'signature'),
})
type ReminderTemplate = z.infer<typeof reminderTemplate>

/** What a service owes, the latest first, with room for what became of each letter. */
function reminderDocument(paper: ReminderPaper, { words }: ReminderTemplate): PaperDocument {
  const { day, time } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  return {
    fileTitle: `${words.title.fr} ${String(paper.rank)}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      {
        block: 'lines',
        lines: [
          {
            label: words.reminder,
            values: [datum(`${paper.counter} / ${String(paper.rank)}`)],
            strong: true,
            size: 'large',
          },
          { label: words.to, values: [`${isolated(paper.service.fr)} · ${isolated(paper.service.ar)}`], strong: true },
          { label: words.at, values: [datum(`${day} ${time}`)] },
          { label: words.agent, values: [datum(paper.agent)] },
        ],
      },
      { block: 'note', as: 'remark', text: words.ask },
      {
        block: 'table',
        heads: [words.number, words.letter, words.by, words.times, words.answer],
        widths: [96, '*', 84, 50, 100],
        rows: paper.lines.map((line) => [
          `${datum(line.number)} ${datum(formatDay(line.receivedOn))}`,
          line.confidential
            ? `${words.confidential.fr} · ${words.confidential.ar}`
            : `${isolated(line.party)} · ${isolated(line.subject)}`,
          dueOf(line, words),
          datum(String(line.times)),
          '',
        ]),
      },
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: `${paper.counter} · ${String(paper.rank)}`, page: words.page },
  }
}

const dueOf = ({ by, daysLate }: ReminderPaper['lines'][number], words: ReminderTemplate['words']): string => {
  if (by === undefined) return `${words.noDay.fr} · ${words.noDay.ar}`
  const days = datum(String(daysLate))
  return daysLate === 0
    ? datum(formatDay(by))
    : `${datum(formatDay(by))} ${isolated(fill(words.late.fr, { days }))} · ${isolated(fill(words.late.ar, { days }))}`
}

/** How the press draws it. */
export const reminderDrawing = drawing(reminderTemplate, words, reminderDocument)
