import type { AppointmentView, HallView } from '#shared/contract/features/hall/views.ts'

const times = Array.from({ length: 16 }, (_, at) => 510 + at * 30).map(
  (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
)
/** Every half hour from 08:30. */
export const demoTimes: readonly string[] = times
/** How many each service takes at once. */
export const demoPlaces = 3

export const demoAppointmentName = (n: number): string => `R${String(n).padStart(4, '0')}`

export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The appointments of a day: half of it is behind, some did not come. `now` as HH:MM of today; none on other days. */
export function demoDay(day: string, first: number, services: HallView['services'], now?: string): AppointmentView[] {
  if (weekdayOf(day) === 0) return []
  const letters = services.map(({ letter }) => letter)
  return times
    .flatMap((time, slot) => Array.from({ length: [2, 1, 3, 2, 0, 2, 1][(slot + first) % 7] ?? 1 }, () => time))
    .map((time, at): AppointmentView => {
      const service = letters[(at * 5 + first) % Math.max(1, letters.length)] ?? 'A'
      const over = now !== undefined && time < now
      const state = at % 9 === 7 ? 'cancelled' : over ? (at % 6 === 4 ? 'missed' : 'done') : 'booked'
      return {
        appointment: demoAppointmentName(first + at),
        service,
        day,
        time,
        minutes: 30,
        state,
        ...(state === 'done' ? { ticket: `${service}${String(at + 3).padStart(3, '0')}` } : {}),
      }
    })
}

/** As a calendar file begins and ends. */
export const demoCalendar = (appointments: readonly AppointmentView[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Guichet//Hall//FR',
    ...appointments.flatMap((one) => [
      'BEGIN:VEVENT',
      `UID:${one.appointment}@guichet`,
      `DTSTART:${one.day.replaceAll('-', '')}T${one.time.replace(':', '')}00Z`,
      `SUMMARY:${one.service}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n')
