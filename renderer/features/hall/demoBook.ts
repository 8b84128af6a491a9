import type { Calls } from '#shared/contract/calls.ts'
import type { AppointmentView, HallView, TicketView } from '#shared/contract/features/hall/views.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { demoAppointmentName, demoCalendar, demoDay, demoPlaces, demoTimes, weekdayOf } from './demoAppointments.ts'

/** What the book of appointments answers; every day is made when it is first looked at. */
export function demoAppointments(
  view: () => HallView,
  issue: (service: string, more?: Partial<TicketView>) => Result<TicketView>,
  now: () => Date,
  someoneIsHere: () => boolean,
) {
  const days = new Map<string, AppointmentView[]>()
  const today = now().toISOString().slice(0, 10)
  const time = now().toISOString().slice(11, 16)
  let last = 900
  const dayOf = (day: string): AppointmentView[] => {
    const known = days.get(day)
    if (known !== undefined) return known
    const first = 200 + ((Date.parse(`${day}T00:00:00Z`) / 86_400_000) % 7) * 40
    const made =
      day < today || view().role === 'none'
        ? []
        : demoDay(day, first, view().services, day === today ? time : undefined)
    days.set(day, made)
    return made
  }
  const find = (name: string): AppointmentView | undefined =>
    [...days.values()].flat().find(({ appointment }) => appointment === name)
  const put = (one: AppointmentView): AppointmentView => {
    for (const [day, all] of days)
      days.set(
        day,
        all.filter(({ appointment }) => appointment !== one.appointment),
      )
    days.set(
      one.day,
      [...dayOf(one.day), one].sort((a, b) => (a.time < b.time ? -1 : 1)),
    )
    return one
  }
  const placesAt = (service: string, day: string, at: string): number =>
    weekdayOf(day) === 0 || weekdayOf(day) === 6 || day < today || (day === today && at <= time)
      ? 0
      : demoPlaces -
        dayOf(day).filter((one) => one.service === service && one.time === at && one.state === 'booked').length
  const checkIn = (name: string): Result<TicketView> => {
    const known = find(name) ?? dayOf(today).find(({ appointment }) => appointment === name)
    if (known === undefined) return err(faultOf('appointment.unknown'))
    if (known.state !== 'booked') return err(faultOf('appointment.state'))
    if (known.day !== today) return err(faultOf('appointment.otherDay'))
    const issued = issue(known.service, { appointment: { id: name, time: known.time, late: known.time < time } })
    if (issued.ok) put({ ...known, state: 'checkedIn', ticket: issued.value.ticket })
    return issued
  }
  /** Whoever shows a card has the last appointment of the day. */
  const ofAnyCard = (): AppointmentView | undefined => dayOf(today).findLast(({ state }) => state === 'booked')
  return {
    'appointments.list': ({ day }) => ok({ appointments: dayOf(day) }),
    'appointments.free': ({ service, day }) =>
      ok({
        times: demoTimes
          .map((at) => ({ time: at, places: placesAt(service, day, at) }))
          .filter(({ places }) => places > 0),
      }),
    'appointments.book': ({ service, day, time: at }) =>
      placesAt(service, day, at) < 1
        ? err(faultOf('appointment.full'))
        : ok({
            appointment: put({
              appointment: demoAppointmentName((last += 1)),
              service,
              day,
              time: at,
              minutes: 30,
              state: 'booked',
            }),
          }),
    'appointments.move': ({ appointment, day, time: at }) => {
      const known = find(appointment)
      if (known === undefined) return err(faultOf('appointment.unknown'))
      if (known.state !== 'booked' && known.state !== 'missed') return err(faultOf('appointment.state'))
      if (placesAt(known.service, day, at) < 1) return err(faultOf('appointment.full'))
      return ok({ appointment: put({ ...known, day, time: at, state: 'booked' }) })
    },
    'appointments.cancel': ({ appointment }) => {
      const known = find(appointment)
      if (known === undefined) return err(faultOf('appointment.unknown'))
      if (known.state !== 'booked') return err(faultOf('appointment.state'))
      return ok({ appointment: put({ ...known, state: 'cancelled' }) })
    },
    'appointments.checkIn': ({ appointment, aloud }) => {
      const issued = checkIn(appointment)
      return issued.ok ? ok({ ticket: issued.value, printed: aloud === undefined }) : issued
    },
    'kiosk.checkIn': ({ appointment }) => {
      const issued = checkIn(appointment)
      return issued.ok
        ? ok({ ticket: issued.value.ticket, time: issued.value.appointment?.time ?? time, printed: true })
        : issued
    },
    'appointments.ofCitizen': () => {
      const theirs = someoneIsHere() ? ofAnyCard() : undefined
      return ok({ appointments: theirs === undefined ? [] : [theirs] })
    },
    'kiosk.checkInByCard': () => {
      const theirs = ofAnyCard()
      const issued = theirs === undefined ? err(faultOf('appointment.noneToday')) : checkIn(theirs.appointment)
      return issued.ok
        ? ok({ ticket: issued.value.ticket, time: issued.value.appointment?.time ?? time, printed: true })
        : issued
    },
    'appointments.paper': () => ok({ pdf: new Uint8Array([37, 80, 68, 70]) }),
    'appointments.calendar': () => ok({ text: demoCalendar([...days.values()].flat()) }),
  } satisfies Partial<Handlers<Calls>>
}
