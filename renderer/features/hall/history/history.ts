import type { DayCount } from '#shared/contract/features/hall/views.ts'

export const spans = [7, 30, 90] as const

/** The first of so many days that end with this one. */
export const firstOf = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10)

/** So many days that come after this one. */
export const daysAfter = (today: string, days: number): readonly string[] =>
  Array.from({ length: days }, (_, at) =>
    new Date(Date.parse(`${today}T00:00:00Z`) + (at + 1) * 86_400_000).toISOString().slice(0, 10),
  )

/** Whether two days are both a Monday, or any other one. */
export const isSameWeekday = (one: string, other: string): boolean =>
  ((Date.parse(one) - Date.parse(other)) / 86_400_000) % 7 === 0

const columns = [
  'day',
  'service',
  'issued',
  'served',
  'missed',
  'left',
  'waitMedian',
  'waitP90',
  'serviceMedian',
  'serviceP90',
] as const satisfies readonly (keyof DayCount)[]

/** A table for a spreadsheet, in seconds as they were counted; the mark before it says that it is UTF-8. */
export const csvOf = (days: readonly DayCount[]): string =>
  `\uFEFF${[columns.join(';'), ...days.map((one) => columns.map((column) => String(one[column])).join(';'))].join('\r\n')}\r\n`

/** One day in the drawing: places and heights in its own units, the highest wait at the top. */
export interface Bar {
  readonly day: string
  readonly x: number
  readonly width: number
  /** Heights of the median, and of what nine of ten stayed below. */
  readonly median: number
  readonly p90: number
}

/** Bars of the waits of one service; days without a ticket keep their place and have none. */
export function barsOf(days: readonly DayCount[], width: number, height: number): readonly Bar[] {
  const top = Math.max(...days.map(({ waitP90 }) => waitP90), 1)
  const step = width / Math.max(days.length, 1)
  return days.map(({ day, waitMedian, waitP90 }, at) => ({
    day,
    x: at * step + step * 0.18,
    width: Math.min(step * 0.64, 40),
    median: (height * waitMedian) / top,
    p90: (height * waitP90) / top,
  }))
}

/** Minutes at which a line is drawn: three or four round ones below the highest wait. */
export function ticksOf(days: readonly DayCount[]): readonly number[] {
  const top = Math.max(...days.map(({ waitP90 }) => waitP90), 60) / 60
  const step = [1, 2, 5, 10, 15, 20, 30, 60, 120].find((one) => top / one <= 4) ?? 240
  return Array.from({ length: Math.floor(top / step) }, (_, at) => (at + 1) * step)
}
