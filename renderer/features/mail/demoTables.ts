import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { letterRegisters } from '#shared/domain/mail/letter.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'

/** A year of a small office, as months go: August is quiet, October is not. */
const year = [212, 231, 248, 205, 224, 219, 176, 121, 240, 287, 263].map((arrivals, at) => ({
  month: `2026-${String(at + 1).padStart(2, '0')}`,
  arrivals,
  departures: Math.round(arrivals * 0.64),
}))
const parts = [
  { name: 'URB', part: 0.34 },
  { name: 'EC', part: 0.26 },
  { name: 'FIN', part: 0.15 },
  { name: 'TECH', part: 0.12 },
] as const
const kinds = [
  { name: 'letter', part: 0.48 },
  { name: 'request', part: 0.31 },
  { name: 'complaint', part: 0.09 },
  { name: 'invoice', part: 0.07 },
] as const

/** How many lines were taken over last. */
let taken = 0
const forget = (): number => {
  const removed = taken
  taken = 0
  return removed
}

/** Tables that leave and come in: what is of no account in a demonstration is said, and nothing is kept. */
export const demoTables = {
  'mail.export': ({ format }) =>
    ok({ bytes: new TextEncoder().encode('Numéro\r\n'), name: `courrier.${format}`, lines: 0 }),
  'mail.statistics': ({ from, to }) => {
    const months = year.filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7))
    const sum = (of: 'arrivals' | 'departures'): number => months.reduce((all, one) => all + one[of], 0)
    const share = (part: number): number => Math.round(sum('arrivals') * part)
    const counts = { arrival: sum('arrivals'), departure: sum('departures'), internal: share(0.12) }
    return ok({
      from,
      to,
      registers: letterRegisters.map((register) => ({
        register,
        count: counts[register],
        cancelled: register === 'arrival' ? Math.round(counts.arrival / 400) : 0,
      })),
      months,
      services: parts.map(({ name, part }) => ({ name, count: share(part) })),
      kinds: kinds.map(({ name, part }) => ({ name, count: share(part) })),
      answered: share(0.58),
      ...(months.length === 0 ? {} : { daysMedian: 6, daysP90: 17 }),
      overdue: months.length === 0 ? 0 : 4,
    })
  },
  'mail.table': ({ bytes }) => {
    const rows = new TextDecoder()
      .decode(bytes)
      .split(/\r?\n/u)
      .filter((line) => line !== '')
      .map((line) => line.split(';'))
    return rows.length < 2
      ? err(faultOf('table.unreadable'))
      : ok({ rows, encoding: 'utf-8', sha256: '0'.repeat(64) as Sha256 }) // of that form
  },
  'mail.import': ({ lines, dryRun }) => {
    // The first number is there already, in a demonstration.
    const [first] = lines
    const doubles = first === undefined ? [] : [{ row: first.row, number: first.number, differs: true }]
    const count = lines.length - doubles.length
    if (!dryRun) taken = count
    return ok({ taken: count, doubles })
  },
  'mail.undoImport': () => (taken === 0 ? err(faultOf('letter.nothingToUndo')) : ok({ removed: forget() })),
  'mail.fileAdded': () => ok({ bytes: new Uint8Array([37, 80, 68, 70]), mime: 'application/pdf' }),
} satisfies Partial<Handlers<Calls>>
