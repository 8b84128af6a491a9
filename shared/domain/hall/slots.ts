import type { Booking, Hall } from './hallState.ts'

/**
 * When an office takes appointments. Slots are made from the pattern when they are asked for: no nightly job writes
 * them (it-at-m ZMSKVR-408), and no change of the pattern touches what is booked.
 */
export interface AppointmentPattern {
  /** 1 is Monday (ISO 8601). */
  readonly weekdays: readonly number[]
  /** HH:MM; the last appointment ends by `until`. */
  readonly from: string
  readonly until: string
  /** How long one takes that is booked now. */
  readonly minutes: number
  /** How many at once, for each service. */
  readonly places: number
  /** Days without appointments, as YYYY-MM-DD. */
  readonly closed: readonly string[]
  /** How long somebody who has an appointment is waited for. */
  readonly toleranceMinutes: number
}

/** Every booking lies on this grid, so that two of different length overlap in whole cells. */
const cellMinutes = 5

/** Minutes since midnight of HH:MM. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Whether a day and time lie in the hours of appointments, on the grid, with their whole length. */
export function isBookable(pattern: AppointmentPattern, day: string, time: string, minutes = pattern.minutes): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7
  const start = minutesOf(time)
  return (
    pattern.weekdays.includes(weekday) &&
    !pattern.closed.includes(day) &&
    start % cellMinutes === 0 &&
    start >= minutesOf(pattern.from) &&
    start + minutes <= minutesOf(pattern.until)
  )
}

type Span = Pick<Booking, 'service' | 'day' | 'time' | 'minutes'>

const cellsOf = ({ service, day, time, minutes }: Span, place: number): readonly string[] => {
  // What was promised elsewhere may lie beside the grid: it has every cell that it touches.
  const start = Math.floor(minutesOf(time) / cellMinutes)
  const end = Math.ceil((minutesOf(time) + minutes) / cellMinutes)
  return Array.from({ length: end - start }, (_, at) => `${service}/${place}/${day}/${(start + at) * cellMinutes}`)
}

/** The first place that is free over the whole length; `mine` may be in the way of itself when it moves. */
export function freePlace(hall: Hall, span: Span, places: number, mine?: string): number | undefined {
  for (let place = 0; place < places; place += 1)
    if (cellsOf(span, place).every((cell) => !hall.cells.has(cell) || hall.cells.get(cell) === mine)) return place
  return undefined
}

/**
 * Puts a booking into its cells. A cell has one holder: where one is taken, nothing is written and the answer is
 * false, whoever checked what before.
 */
export function takeCells(hall: Hall, span: Span, place: number, appointment: string): boolean {
  const cells = cellsOf(span, place)
  if (cells.some((cell) => hall.cells.has(cell))) return false
  for (const cell of cells) hall.cells.set(cell, appointment)
  return true
}

/** Gives the cells of a booking back. */
export function leaveCells(hall: Hall, booking: Booking): void {
  for (const cell of cellsOf(booking, booking.place))
    if (hall.cells.get(cell) === booking.appointment) hall.cells.delete(cell)
}

/**
 * The times of a day at which a service can be booked now, each with the places that it still has. Nothing of the past.
 * `now`: civil day and time.
 */
export function freeTimes(
  hall: Hall,
  pattern: AppointmentPattern,
  { service, day }: Pick<Span, 'service' | 'day'>,
  now: { readonly day: string; readonly time: string },
): readonly { readonly time: string; readonly places: number }[] {
  const times: { time: string; places: number }[] = []
  const { minutes } = pattern
  for (let at = minutesOf(pattern.from); at + minutes <= minutesOf(pattern.until); at += minutes) {
    const time = [Math.floor(at / 60), at % 60].map((part) => String(part).padStart(2, '0')).join(':')
    if (!isBookable(pattern, day, time) || day < now.day || (day === now.day && time < now.time)) continue
    let places = 0
    for (let place = 0; place < pattern.places; place += 1)
      if (cellsOf({ service, day, time, minutes }, place).every((cell) => !hall.cells.has(cell))) places += 1
    if (places > 0) times.push({ time, places })
  }
  return times
}
