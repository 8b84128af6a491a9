import { type z } from 'zod'
import type { PaperBlock, PaperDocument } from '../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../domain/papers/template.ts'
import { datum, formatDay, formatInstant, isolated } from '../../../domain/receipt/receiptText.ts'
import words from './folder.json' with { type: 'json' }
import type { FolderPaper } from './paperFacts.ts'

/** `folder.json`. */
const folderTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  ...phrases('title', 'at', 'count', 'agent', 'noService', 'number', 'letter', 'instruction', 'urgent', 'veryUrgent'),
  ...phrases('confidential', 'keep', 'signature'),
})
type Words = z.infer<typeof folderTemplate>['words']

/** The letters that wait for an instruction, service by service, with room to write it. */
function folderDocument(paper: FolderPaper, { words }: z.infer<typeof folderTemplate>): PaperDocument {
  const { day, time } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  const count = paper.services.reduce((sum, { lines }) => sum + lines.length, 0)
  return {
    fileTitle: `${words.title.fr} ${day}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      {
        block: 'lines',
        lines: [
          { label: words.at, values: [datum(`${day} ${time}`)], strong: true },
          { label: words.count, values: [datum(String(count))], strong: true },
          { label: words.agent, values: [datum(paper.agent)] },
        ],
      },
      ...paper.services.flatMap(({ service, lines }): PaperBlock[] => [
        { block: 'heading', text: service ?? words.noService },
        {
          block: 'table',
          heads: [words.number, words.letter, words.instruction],
          widths: [124, '*', 180],
          rows: lines.map((line) => rowOf(line, words)),
          large: true,
        },
      ]),
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: `${paper.counter} · ${day}`, page: words.page },
  }
}

const rowOf = (line: FolderPaper['services'][number]['lines'][number], words: Words): string[] => {
  const mark = line.urgency === 'normal' ? '' : `${words[line.urgency].fr} · ${words[line.urgency].ar} · `
  const said = line.confidential
    ? `${words.confidential.fr} · ${words.confidential.ar}`
    : `${isolated(begun(line.party, 80))} · ${isolated(begun(line.subject, 160))}`
  return [`${datum(line.number)} ${datum(formatDay(line.receivedOn))}`, `${mark}${said}`, '']
}

/** Its beginning says which letter it is: the letter itself lies in the folder. */
const begun = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text)

/** How the press draws it. */
export const folderDrawing = drawing(folderTemplate, words, folderDocument)
