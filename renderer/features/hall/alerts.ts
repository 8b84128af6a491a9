import type { HallView, ServiceView, TicketView } from '#shared/contract/features/hall/views.ts'

/** What is done about something that is wrong, at one key. */
export type Remedy =
  | { readonly act: 'assign'; readonly counter: string; readonly services: readonly string[]; readonly opens: boolean }
  | { readonly act: 'return'; readonly ticket: TicketView; readonly counter: string }
  | { readonly act: 'tell'; readonly counter: string; readonly colleagues: readonly string[] }
  | { readonly act: 'takeOver' }

/** Something that is wrong in the hall, with its facts; minutes are whole ones. */
export type Alert =
  | { readonly kind: 'alarm'; readonly counter: string; readonly since: string; readonly remedy?: Remedy }
  | { readonly kind: 'noMajority' | 'island' | 'noServer'; readonly remedy?: Remedy }
  | { readonly kind: 'trouble'; readonly code: string; readonly remedy?: Remedy }
  | { readonly kind: 'uncalled'; readonly service: ServiceView; readonly remedy?: Remedy }
  | { readonly kind: 'late'; readonly service: ServiceView; readonly minutes: number; readonly remedy?: Remedy }
  | {
      /** `left`: nobody sits at the counter that called him any more. */
      readonly kind: 'absent' | 'left'
      readonly ticket: TicketView
      readonly counter: string
      readonly minutes: number
      readonly remedy?: Remedy
    }
  | {
      readonly kind: 'lost'
      readonly station: string
      readonly since?: string | undefined
      readonly spare: number
      readonly remedy?: Remedy
    }
  | { readonly kind: 'tail' | 'doubts' | 'older'; readonly n: number; readonly remedy?: Remedy }

/** Who was called out as often as may be is given this long to come, in milliseconds, before anybody is told. */
const timeToCome = 60_000

export const minutesSince = (instant: string | undefined, now: Date): number =>
  instant === undefined ? 0 : Math.max(0, Math.floor((now.getTime() - Date.parse(instant)) / 60_000))

/** How many voting stations may still fall silent before nothing is decided any more; below 0 it is so already. */
export const spareVoters = ({ stations }: Pick<HallView, 'stations'>): number => {
  const voters = stations.filter(({ votes }) => votes)
  return voters.filter(({ reachable }) => reachable).length - (Math.floor(voters.length / 2) + 1)
}

/**
 * What is wrong in an open hall, the worst first: a person in danger, then what stops every call, then a service that
 * nobody calls or that waits too long (the one furthest over its threshold first), then whose agent left and who does not
 * come, then what may still break. Each with what helps, where one key can do it.
 */
export function alertsOf(view: HallView, now: Date): readonly Alert[] {
  if (view.role === 'none' || view.role === 'starting') return []
  const alarms = view.counters.flatMap(({ counter, alarmSince }): Alert[] =>
    alarmSince === undefined ? [] : [{ kind: 'alarm', counter, since: alarmSince, ...tellFor(view, counter) }],
  )
  const calls = [...called(view, now, 'left'), ...called(view, now, 'absent')]
  return view.open
    ? [...alarms, ...troubles(view), ...services(view, now), ...calls, ...lost(view), ...papers(view)]
    : [...alarms, ...lost(view), ...papers(view)]
}

function tellFor(view: HallView, counter: string): { readonly remedy?: Remedy } {
  const colleagues = view.counters
    .filter((one) => one.counter !== counter && one.state !== 'closed')
    .map((one) => one.counter)
  return colleagues.length === 0 ? {} : { remedy: { act: 'tell', counter, colleagues } }
}

function troubles(view: HallView): Alert[] {
  if (view.role === 'island') return [{ kind: 'island', remedy: { act: 'takeOver' } }]
  if (view.trouble === 'hall.noMajority') return [{ kind: 'noMajority', remedy: { act: 'takeOver' } }]
  if (view.trouble === 'hall.noServer' || (view.serving === undefined && view.role === 'member'))
    return [{ kind: 'noServer', remedy: { act: 'takeOver' } }]
  return view.trouble === undefined ? [] : [{ kind: 'trouble', code: view.trouble }]
}

function services(view: HallView, now: Date): Alert[] {
  const waiting = view.services.filter((one) => one.waiting > 0)
  const uncalled = waiting
    .filter((one) => one.counters === 0)
    .map((service): Alert => ({ kind: 'uncalled', service, ...helpFor(view, service) }))
  const late = waiting
    .filter((one) => one.counters > 0)
    .map((service) => ({ service, minutes: minutesSince(service.longestSince, now) }))
    .filter(({ service, minutes }) => minutes > service.threshold)
    .sort((one, other) => other.minutes / other.service.threshold - one.minutes / one.service.threshold)
    .map(({ service, minutes }): Alert => ({ kind: 'late', service, minutes, ...helpFor(view, service) }))
  return [...uncalled, ...late]
}

/** A counter that is free and has nobody of its own waiting, else one that is closed and to which nobody was called. */
function helpFor(view: HallView, { letter }: ServiceView): { readonly remedy?: Remedy } {
  const waits = (service: string): boolean => view.waiting.some((one) => one.service === service)
  const free = view.counters.find(
    ({ state, services: own }) => state === 'free' && !own.includes(letter) && !own.some(waits),
  )
  if (free !== undefined)
    return { remedy: { act: 'assign', counter: free.counter, services: [...free.services, letter], opens: false } }
  const shut = view.counters.find(({ state, ticket }) => state === 'closed' && ticket === undefined)
  return shut === undefined ? {} : { remedy: { act: 'assign', counter: shut.counter, services: [letter], opens: true } }
}

/** Who was called and has nobody before him, or does not come: whoever waits longest of either first. */
function called(view: HallView, now: Date, kind: 'left' | 'absent'): Alert[] {
  const isSo = kind === 'left' ? hasNobody : doesNotCome
  return view.counters
    .flatMap(({ counter, ticket }) =>
      ticket !== undefined && isSo(ticket, view, now)
        ? [
            {
              kind,
              ticket,
              counter,
              minutes: minutesSince(ticket.leftAt ?? ticket.calledAt, now),
              remedy: { act: 'return', ticket, counter } as const,
            },
          ]
        : [],
    )
    .sort((one, other) => other.minutes - one.minutes)
}

const hasNobody = ({ leftAt }: TicketView): boolean => leftAt !== undefined

const doesNotCome = (ticket: TicketView, { recallLimit }: HallView, now: Date): boolean =>
  !hasNobody(ticket) &&
  ticket.hereAt === undefined &&
  ticket.recalls >= recallLimit &&
  now.getTime() - Date.parse(ticket.calledAt ?? ticket.issuedAt) >= timeToCome

const lost = (view: HallView): Alert[] =>
  view.stations
    .filter(({ votes, reachable }) => votes && !reachable)
    .map(({ name, lostSince }) => ({ kind: 'lost', station: name, since: lostSince, spare: spareVoters(view) }))

const papers = ({ tail, doubts, later }: HallView): Alert[] => [
  ...(tail.length === 0 ? [] : [{ kind: 'tail' as const, n: tail.length }]),
  ...(doubts.length === 0 ? [] : [{ kind: 'doubts' as const, n: doubts.length }]),
  ...(later === 0 ? [] : [{ kind: 'older' as const, n: later }]),
]

/** How urgent an alert is: red stops people, amber will. */
export const toneOf = ({ kind }: Alert): 'danger' | 'warn' =>
  ['left', 'absent', 'lost', 'tail', 'doubts', 'older'].includes(kind) ? 'warn' : 'danger'
