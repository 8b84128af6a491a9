import { type z } from 'zod'
import type { PaperDocument } from '../../../domain/papers/paperDocument.ts'
import { drawing, paperTemplate, phrase, phrases } from '../../../domain/papers/template.ts'
import { datum, formatDay, formatInstant, isolated } from '../../../domain/receipt/receiptText.ts'
import type { PostListPaper } from './paperFacts.ts'
import words from './postList.json' with { type: 'json' }

/** `postList.json`. */
const postListTemplate = paperTemplate({
  page: phrase('page', 'pages'),
  ...phrases('title', 'day', 'at', 'count', 'agent', 'rank', 'postalNumber', 'addressee', 'number', 'weight'),
  ...phrases('confidential', 'keep', 'signature'),
})

/** Registered items in their order, with room for what the post weighs and stamps. */
function postListDocument(paper: PostListPaper, { words }: z.infer<typeof postListTemplate>): PaperDocument {
  const { day, time } = formatInstant(paper.at, 'UTC', paper.utcOffsetMinutes)
  return {
    fileTitle: `${words.title.fr} ${formatDay(paper.day)}`,
    letterhead: [...paper.authority, paper.office],
    title: words.title,
    blocks: [
      {
        block: 'lines',
        lines: [
          { label: words.day, values: [datum(formatDay(paper.day))], strong: true, size: 'large' },
          { label: words.count, values: [datum(String(paper.lines.length))], strong: true },
          { label: words.at, values: [datum(`${day} ${time}`)] },
          { label: words.agent, values: [datum(paper.agent)] },
        ],
      },
      {
        block: 'table',
        heads: [words.rank, words.postalNumber, words.addressee, words.number, words.weight],
        widths: [28, 100, '*', 96, 76],
        rows: paper.lines.map(({ number, postalNumber, confidential, party }, at) => [
          datum(String(at + 1)),
          datum(postalNumber),
          confidential ? `${words.confidential.fr} · ${words.confidential.ar}` : isolated(party),
          datum(number),
          '',
        ]),
        large: true,
      },
    ],
    kept: { keep: words.keep, signature: words.signature },
    foot: { text: `${paper.counter} · ${formatDay(paper.day)}`, page: words.page },
  }
}

/** How the press draws it. */
export const postListDrawing = drawing(postListTemplate, words, postListDocument)
