import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import type { SplitStack, StackDocument, StopReason } from '#shared/domain/mail/stackRules.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoId } from '../../../core/bridge/demo/ids.ts'
import { dayBefore } from '../demoLetters.ts'
import { demoPapers, type DemoPaper } from './demoPages.ts'

const papers = (): readonly DemoPaper[] => {
  const today = new Date().toISOString().slice(0, 10)
  return demoPapers((ago) => dayBefore(today, ago))
}
/** Every face of the stack in its order: sheets of two sides, pages, blank backs. */
const facesOf = (all: readonly DemoPaper[]): ('sheet' | 'torn' | 'blank' | number)[] =>
  all.flatMap((paper, index) => [
    ...(paper.torn === true ? (['torn'] as const) : (['sheet', 'sheet'] as const)),
    ...Array.from({ length: paper.pages }, () => index),
    ...(paper.blank === true ? (['blank'] as const) : []),
  ])
/** The file of some pages; what is read in it goes by its first page. */
const shaOf = (pages: readonly number[]) => demoId.sha((pages[0] ?? 0) * 1000 + pages.length)
const coded = ({ label, numbers, foreign }: DemoPaper) => ({
  ...(label === undefined ? {} : { label }),
  ...(numbers === undefined ? {} : { numbers }),
  ...(foreign === undefined ? {} : { foreign }),
})

function split(): Omit<SplitStack, 'documents'> & {
  documents: (StackDocument & { sha256: ReturnType<typeof shaOf> })[]
} {
  const all = papers()
  const faces = facesOf(all)
  const pagesOf = (index: number): number[] => faces.flatMap((face, at) => (face === index ? [at + 1] : []))
  const stops: { page: number; why: StopReason }[] = []
  const documents = all.map((paper, index) => {
    const pages = pagesOf(index)
    const [first = 1] = pages
    if (paper.torn === true) stops.push({ page: first - 1, why: 'unreadableSeparator' })
    if (paper.stop !== undefined) stops.push({ page: first + paper.stop.at - 1, why: paper.stop.why })
    return {
      pages,
      ...coded(paper),
      ...(paper.service === undefined ? {} : { service: paper.service }),
      ...(paper.level === undefined ? {} : { confidentiality: paper.level }),
      sha256: shaOf(pages),
    }
  })
  return {
    balance: {
      pages: faces.length,
      separators: all.filter(({ torn }) => torn !== true).length,
      documents: documents.length,
      blanks: faces.filter((face) => face === 'blank').length,
      unreadable: all.filter(({ torn }) => torn === true).length,
    },
    documents,
    stops,
  }
}

const paperAt = (page: number): { paper: DemoPaper; first: boolean } | undefined => {
  const all = papers()
  const faces = facesOf(all)
  const face = faces[page - 1]
  const paper = typeof face === 'number' ? all[face] : undefined
  return paper === undefined ? undefined : { paper, first: faces.findIndex((one) => one === face) === page - 1 }
}
const width = 496
const height = 702

/** A page as it might look, where there is something to draw with. */
function drawn(page: number): Uint8Array<ArrayBuffer> {
  const grey = new Uint8Array(width * height).fill(255)
  const pen = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(width, height).getContext('2d')
  if (pen === null) return grey
  pen.fillStyle = 'white'
  pen.fillRect(0, 0, width, height)
  pen.fillStyle = 'black'
  const at = paperAt(page)
  const face = facesOf(papers())[page - 1]
  const bars = (from: number, to: number): void => {
    for (let y = from; y < to; y += 14) pen.fillRect(40, y, 280 + ((y * 37) % 130), 3)
  }
  if (at !== undefined) {
    pen.font = '600 15px "IBM Plex Sans", "IBM Plex Sans Arabic", sans-serif'
    if (at.first)
      at.paper.lines.forEach((line, index) => {
        const right = /\p{Script=Arabic}/u.test(line)
        pen.textAlign = right ? 'right' : 'left'
        pen.fillText(line, right ? width - 40 : 40, 64 + index * 34)
      })
    pen.fillStyle = 'gray'
    bars(at.first ? 190 : 60, at.first ? 560 : 640)
  } else if (face === 'sheet' || face === 'torn') {
    const size = face === 'torn' ? 20 : 9
    for (let y = 0; y < 21; y += 1)
      for (let x = 0; x < 21; x += 1)
        if ((x * 7 + y * 13 + x * y) % 3 === 0 && (face === 'sheet' || x + y > 18))
          pen.fillRect(150 + (x * 190) / 21, 180 + (y * 190) / 21, size, size)
  }
  const { data } = pen.getImageData(0, 0, width, height)
  return grey.map((_, index) => data[index * 4] ?? 255)
}

const pdf = new Uint8Array([37, 80, 68, 70])
/** A stack that was handed in, in the demonstration: eight letters, two places where somebody has to decide. */
export const demoStack = {
  // Fewer bytes than this are taken for a single letter, very few for one of ours that comes back signed.
  'mail.split': ({ bytes }) => {
    if (bytes.byteLength === 0) return err(faultOf('scan.torn'))
    if (bytes.byteLength >= 200) return ok(split())
    const references = bytes.byteLength < 50 ? [`URB/${String(new Date().getUTCFullYear())}/M1-0040`] : undefined
    const alone = { pages: [1], sha256: demoId.sha(bytes.byteLength), ...(references && { references }) }
    return ok({
      balance: { pages: 1, separators: 0, documents: 1, blanks: 0, unreadable: 0 },
      documents: [alone],
      stops: [],
    })
  },
  'mail.scanStack': () => ok({ pdf: new Uint8Array(300), pages: 20 }),
  'mail.cut': ({ pages }) => {
    const at = paperAt(pages[0] ?? 0)
    return ok({ sha256: shaOf(pages), ...(at?.first === true ? coded(at.paper) : {}) })
  },
  'mail.picture': ({ bytes, page }) => {
    // The file of a letter that is in its register: one page, which is no sheet between letters.
    if (bytes.byteLength === pdf.byteLength) return ok({ grey: drawn(2), width, height, pages: 1 })
    const pages = facesOf(papers()).length
    return page > pages ? err(faultOf('scan.torn')) : ok({ grey: drawn(page), width, height, pages })
  },
  'mail.propose': ({ sha256 }) => {
    const at = paperAt(Math.floor(Number(sha256) / 1000))
    return ok(
      at?.first === true
        ? { proposals: at.paper.read, notes: [...(at.paper.notes ?? [])] }
        : { proposals: {}, notes: ['noText' as const] },
    )
  },
  'mail.stamp': () => ok({ pdf, page: 1, corner: 'topRight', incremental: true }),
  'mail.separators': () => ok({ pdf }),
  'mail.labels': ({ count }) =>
    ok({ pdf, labels: Array.from({ length: count }, (_, n) => `2026/RAB03-M1/L-${String(201 + n).padStart(6, '0')}`) }),
} satisfies Partial<Handlers<Calls>>
