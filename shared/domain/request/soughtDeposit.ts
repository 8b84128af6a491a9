import { registerNumber, type RegisterNumber } from '#shared/ids.ts'
import { cleanLine, latinDigits } from '#shared/text/incoming.ts'

/** What somebody who looks for a deposit may have meant; several readings of the same words may hold. */
export interface SoughtDeposit {
  readonly number?: RegisterNumber
  /** Its place in the register of the year: the end of a number. */
  readonly rank?: number
  /** An ISO date. */
  readonly day?: string
  readonly document?: string
  /** Every way to part the words into a family name and given names. */
  readonly names: readonly { readonly familyName: string; readonly givenNames: string }[]
}

/** Nobody's name has more parts than are worth trying. */
const mostWords = 6

/**
 * Reads what was typed: a register number or its last digits, a day (`21/11`, `21/11/2026`, `2026-11-21`), a document
 * number, or a name with the family name first or last.
 * @param today ISO date: a day without its year is the last one that was
 */
export function soughtDeposit(typed: string, today: string): SoughtDeposit {
  const text = latinDigits(cleanLine(typed)).trim()
  const number = registerNumber.safeParse(text.toUpperCase())
  if (number.success) return { number: number.data, names: [] }
  const day = dayOf(text, today)
  if (day !== undefined) return { day, names: [] }
  if (/\d/u.test(text)) {
    const rank = /^\d{3,6}$/u.test(text) ? { rank: Number(text) } : {}
    return { ...rank, ...(text.length >= 5 ? { document: text } : {}), names: [] }
  }
  return { names: text.length >= 3 ? namesOf(text.split(/\s+/u).slice(0, mostWords)) : [] }
}

function namesOf(words: readonly string[]): SoughtDeposit['names'] {
  const join = (some: readonly string[]): string => some.join(' ')
  const first = words.map((_, at) => ({
    familyName: join(words.slice(0, at + 1)),
    givenNames: join(words.slice(at + 1)),
  }))
  const last = words.slice(1).map((_, at) => ({
    familyName: join(words.slice(at + 1)),
    givenNames: join(words.slice(0, at + 1)),
  }))
  return [...first, ...last]
}

function dayOf(text: string, today: string): string | undefined {
  const iso = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/u.exec(text)?.groups
  const civil = /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})(?:[/.-](?<year>\d{4}))?$/u.exec(text)?.groups
  const found = iso ?? civil
  if (found === undefined) return undefined
  const on = (year: string): string =>
    `${year}-${String(found['month']).padStart(2, '0')}-${String(found['day']).padStart(2, '0')}`
  const thisYear = on(today.slice(0, 4))
  const value =
    found['year'] !== undefined
      ? on(found['year'])
      : thisYear <= today
        ? thisYear
        : on(String(Number(today.slice(0, 4)) - 1))
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(value) ? value : undefined
}
