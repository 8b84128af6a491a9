import type { ClosingPaper } from '#shared/domain/papers/closing.ts'
import type { JournalReport } from '#shared/domain/papers/journal.ts'
import type { PaperContent, PaperKind } from '#shared/contract/papers.ts'
import type { StatementFacts } from '#shared/domain/papers/statement.ts'
import { counterId, sha256Hex, type PaperId, type PrintJobId } from '#shared/ids.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import { makePaper, type NewPaper } from '#electron/worker/papers/rows/papers.ts'
import { queuePrint } from '#electron/worker/papers/rows/printJobs.ts'
import { aReceipt } from './receipt.ts'

const counter = counterId.parse('RAB03-G2')
const digest = (letter: string) => sha256Hex.parse(letter.repeat(64))
const office = {
  authority: [{ fr: 'Royaume du Maroc', ar: 'المملكة المغربية' }],
  name: { fr: 'Accueil', ar: 'الاستقبال' },
}
const amounts = {
  issued: 3,
  incomplete: 1,
  cancelled: 0,
  corrected: 0,
  overridden: 0,
  reprinted: 1,
  feeCentimes: 6_000,
}
const at = '2026-11-21T16:00:00.000Z'

/** The closing of a day with three deposits. */
export const aClosing = (): ClosingPaper => ({
  facts: {
    version: 1,
    counter,
    ordinal: 1,
    closedAt: at,
    utcOffsetMinutes: 60,
    agent: 'CS-002',
    figures: { day: '2026-11-21', amounts, procedures: [], open: { pending: 0, refused: 0, papers: 1 } },
    totals: { ...amounts, days: 1 },
    previous: digest('0'),
  },
  hash: digest('a'),
  anchor: { seq: 9, hash: digest('b'), kid: '0123456789abcdef', signature: 'AAAA' },
  authority: office.authority,
  office: office.name,
})

/** An answer to a person about one file, with a copy of it. */
export const aStatement = (number = '2026/RAB03-G2/000123'): StatementFacts => ({
  right: 'access',
  at,
  zone: 'UTC',
  utcOffsetMinutes: 60,
  authority: office.authority,
  office: office.name,
  agents: ['AG-014'],
  numbers: [number],
  files: [
    {
      number,
      depositedAt: at,
      draft: {
        procedure: 'P',
        procedureVersion: '2026.1',
        pieces: [],
        capacity: 'self',
        language: 'fr',
        fee: { centimes: 0 },
      },
      facts: aReceipt(),
    },
  ],
  erased: [],
  kept: [{ kind: 'person', count: 1, until: '2031-12-06' }],
})

/** An auditor's report on an empty journal. */
export const aReport = (): JournalReport => ({
  counter,
  authority: office.authority,
  office: office.name,
  madeAt: at,
  utcOffsetMinutes: 60,
  madeBy: 'AU-001',
  verdict: { links: 1, head: digest('c'), anchors: 0, heads: 0, closings: 0, logged: 0 },
  proofs: { actors: [], kinds: [], anchors: { count: 0 }, heads: [], closings: [] },
  entries: [],
  cut: false,
})

/** What a paper is made from, of each kind that a table of tests goes through. */
export const contentOf = {
  receipt: () => ({ kind: 'receipt', facts: aReceipt(), seal: 'GU1:SEAL' }),
  closing: () => ({ kind: 'closing', facts: aClosing(), seal: '' }),
  statement: () => ({ kind: 'statement', facts: aStatement(), seal: '' }),
  journal: () => ({ kind: 'journal', facts: aReport(), seal: '' }),
} satisfies Partial<Readonly<Record<PaperKind, () => PaperContent>>>
export type TriedKind = keyof typeof contentOf
export const triedKinds = Object.keys(contentOf) as readonly TriedKind[] // its own keys

const idOf = (group: string, n: number): string => `00000000-0000-7000-${group}-${String(n).padStart(12, '0')}`
export const paperIdOf = (n: number): PaperId => idOf('a000', n) as PaperId
export const printIdOf = (n: number): PrintJobId => idOf('b000', n) as PrintJobId

/** The nth paper of a register. */
export const aPaper = (kind: TriedKind, n: number): NewPaper => ({
  ...contentOf[kind](),
  id: paperIdOf(n),
  subject: `s${String(n)}`,
  number: `n${String(n)}`,
  at,
})

/** Writes the nth paper and queues its original at an instant. */
export function printed(db: WriteHandle, kind: TriedKind, n: number, queuedAt: string): void {
  makePaper(db, aPaper(kind, n))
  queuePrint(db, { id: printIdOf(n), paperId: paperIdOf(n), at: queuedAt })
}
