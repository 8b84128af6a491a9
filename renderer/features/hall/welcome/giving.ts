import { computed, shallowRef } from 'vue'
import type { AppointmentView, BoardView } from '#shared/contract/features/hall/views.ts'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { In } from '#shared/contract/calls.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { newest } from '../../../core/newest.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { appointmentIn } from '../appointments/appointments.ts'

type Priority = Exclude<NonNullable<In<'hall.issue'>['priority']>, 'declared'>
/** What a person at the welcome desk may be called before others for; a kiosk asks for no reason. */
export const priorities = ['none', 'elderly', 'disabled', 'pregnant', 'urgent'] as const satisfies readonly (
  Priority | 'none'
)[]

/** A ticket at the welcome desk, one visitor after the other: what was chosen for this one is gone with his number. */
export const useGiving = defineSessionStore('hall.giving', () => {
  const [bridge, command] = [useBridge(), useCommand()]
  const service = shallowRef<string>()
  const priority = shallowRef<(typeof priorities)[number]>('none')
  const number = shallowRef('')
  const given = shallowRef<{ readonly ticket: string; readonly printed: boolean }>()
  const paper = shallowRef<BoardView['paper']>()
  /** Who showed a card, and what he has today. */
  const byCard = shallowRef<{ readonly name: string; readonly appointment: AppointmentView | undefined }>()
  const fault = shallowRef<Fault>()
  const missing = shallowRef(false)
  const busy = shallowRef(false)
  /** How many were given here: the same choice for the next person is another ticket. */
  let visits = 0
  let here: IdentityView | undefined
  const begin = newest()
  /** The next one may be anybody: what is still asked about the one before says nothing of him. */
  const forget = (): void => {
    begin()
    service.value = undefined
    priority.value = 'none'
    number.value = ''
    byCard.value = undefined
    missing.value = false
    fault.value = undefined
  }
  const look = async (): Promise<void> => {
    const board = await bridge.call('hall.board', {})
    if (board.ok) paper.value = board.value.paper
  }
  const ask = (aloud: boolean) => {
    const first = priority.value === 'none' ? {} : { priority: priority.value }
    const said = aloud ? ({ aloud: true } as const) : {}
    const subject = `${String(visits)} ${priority.value}`
    if (number.value.trim() !== '') {
      const appointment = appointmentIn(number.value)
      if (appointment === undefined) return undefined
      return command.ask(`welcome ${appointment} ${subject}`, (commandId) =>
        bridge.call('appointments.checkIn', { commandId, appointment, ...first, ...said }),
      )
    }
    const letter = service.value
    if (letter === undefined) return undefined
    return command.ask(`welcome ${letter} ${subject}`, (commandId) =>
      bridge.call('hall.issue', { commandId, service: letter, ...first, ...said }),
    )
  }
  /** Looks what the citizen at the desk has today; whatever was chosen for him stays chosen. */
  const find = async (citizen: IdentityView | undefined): Promise<void> => {
    const isNewest = begin()
    here = citizen
    byCard.value = undefined
    if (citizen === undefined) return
    const found = await bridge.call('appointments.ofCitizen', {})
    // Where the hall finds nobody by a card, the number is asked for as before.
    if (!found.ok || !isNewest()) return
    const { appointments } = found.value
    const appointment = appointments.find(({ state }) => state === 'booked') ?? appointments[0]
    const { givenNames, familyName } = citizen.identity
    byCard.value = { name: `${givenNames} ${familyName}`.trim(), appointment }
    if (appointment?.state === 'booked' && number.value === '' && service.value === undefined)
      number.value = appointment.appointment
  }
  return {
    service,
    priority,
    number,
    byCard,
    given,
    paper,
    fault,
    missing,
    busy,
    /** Whether an appointment is checked in, whatever service is chosen. */
    byAppointment: computed(() => number.value.trim() !== ''),
    begin: (): Promise<void> => {
      forget()
      given.value = undefined
      return look()
    },
    find,
    /** `aloud`: the number is said, and no paper is waited for. */
    give: async (aloud = false): Promise<void> => {
      if (busy.value) return
      const asked = ask(aloud)
      missing.value = asked === undefined
      if (asked === undefined) return
      busy.value = true
      const served = here
      const answer = await asked
      busy.value = false
      if (answer.ok) {
        visits += 1
        forget()
        // The next one has laid his card down already.
        if (here !== served) void find(here)
        given.value = { ticket: answer.value.ticket.ticket, printed: answer.value.printed }
      } else {
        fault.value = answer.fault
        given.value = undefined
      }
      void look()
    },
  }
})
