import { computed, onScopeDispose, shallowRef } from 'vue'
import type { HallView, TicketView } from '#shared/contract/features/hall/views.ts'
import type { In } from '#shared/contract/calls.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { useSession } from '../../../core/stores/session.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'

/** How many of who is next are shown. */
const shown = 3

/** `off`: the hall cannot be asked now; `closed`: nobody signed on here. */
export type QueueState = 'none' | 'off' | 'closed' | 'free' | 'called' | 'serving' | 'away'

/** Where a ticket goes on: to whoever calls a service, or to one counter. */
export type Goal = Pick<In<'hall.ticket'>, 'service' | 'counter'>

/** The queue as this counter works in it: who is here, who is next, and one stroke for each. */
export const useQueue = defineSessionStore('counter.queue', () => {
  const [bridge, session, command] = [useBridge(), useSession(), useCommand()]
  const view = shallowRef<HallView>()
  const fault = shallowRef<Fault>()
  const busy = shallowRef(false)
  onScopeDispose(
    bridge.on('hall', (told) => {
      view.value = told
    }),
  )
  const load = async (): Promise<void> => {
    if (!session.may('useHall')) return
    const now = await bridge.call('hall.view', {})
    if (now.ok) view.value = now.value
  }
  void load()

  const mine = computed(() => view.value?.counters.find(({ counter }) => counter === view.value?.counter))
  const ticket = computed(() => mine.value?.ticket)
  const state = computed((): QueueState => {
    const now = view.value
    if (now === undefined || now.role === 'none') return 'none'
    if (now.role === 'starting' || now.trouble !== undefined || !now.open) return 'off'
    return mine.value?.state ?? 'closed'
  })
  /** Who is in the line of this counter, in the order in which they would be called. */
  const line = computed((): readonly TicketView[] => {
    const services = mine.value?.services ?? []
    return (view.value?.waiting ?? []).filter(({ service, reserved }) =>
      reserved === undefined ? services.includes(service) : reserved === view.value?.counter,
    )
  })

  const ask = async <T>(
    subject: string,
    call: (commandId: string) => Promise<Result<T>>,
  ): Promise<Result<T> | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    const result = await command.ask(subject, call)
    busy.value = false
    fault.value = result.ok ? undefined : result.fault
    return result
  }
  const done = async (subject: string, call: (commandId: string) => Promise<Result<unknown>>): Promise<boolean> =>
    (await ask(subject, call))?.ok === true
  const stood = (): string => `${ticket.value?.ticket ?? ''} ${mine.value?.since ?? ''}`

  return {
    view,
    fault,
    busy,
    mine,
    ticket,
    state,
    line,
    /** Other counters at which somebody sits. */
    others: computed(() =>
      (view.value?.counters ?? []).filter(
        ({ counter, state: at }) => counter !== view.value?.counter && at !== 'closed',
      ),
    ),
    then: computed(() => line.value.slice(0, shown)),
    /** Since when who waits longest is here. */
    longestSince: computed(() => line.value.map(({ issuedAt }) => issuedAt).sort()[0]),
    recallsLeft: computed(() => Math.max(0, (view.value?.recallLimit ?? 0) - (ticket.value?.recalls ?? 0))),
    /** Whether a stroke closes and calls: nobody who was called is still expected. */
    calls: computed(() => state.value === 'free' || state.value === 'serving'),
    load,
    signOn: (services: readonly string[]) =>
      done(`signOn ${services.join('')}`, (commandId) =>
        bridge.call('hall.signOn', { commandId, services: [...services] }),
      ),
    signOff: () => done('signOff', (commandId) => bridge.call('hall.signOff', { commandId })),
    away: (away: boolean) =>
      done(`away ${String(away)} ${mine.value?.since ?? ''}`, (commandId) =>
        bridge.call('hall.away', { commandId, away }),
      ),
    /** A silent call for help, and its end. */
    alarm: (on: boolean) =>
      done(`alarm ${String(on)} ${mine.value?.alarmSince ?? ''}`, (commandId) =>
        bridge.call('hall.alarm', { commandId, on }),
      ),
    /** One stroke: who is here is done, and who is next is called. False, and nothing changed, where it failed. */
    next: () => done(`next ${stood()}`, (commandId) => bridge.call('hall.next', { commandId })),
    /** What is done with the ticket at hand, and where it goes. `draftId`: what goes with it. */
    act: async (act: In<'hall.ticket'>['act'], to: Goal = {}, draftId?: string): Promise<boolean> => {
      const name = ticket.value?.ticket
      if (name === undefined) return false
      const goes = draftId === undefined ? {} : { draftId }
      return done(`${act} ${stood()} ${String(ticket.value?.recalls)} ${JSON.stringify(to)}`, (commandId) =>
        bridge.call('hall.ticket', { commandId, ticket: name, act, ...to, ...goes }),
      )
    },
  }
})
