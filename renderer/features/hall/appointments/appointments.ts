import { computed, shallowRef } from 'vue'
import type { AppointmentView } from '#shared/contract/features/hall/views.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useHall } from '../hall.ts'

/** The day so many days after another. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The number of an appointment in what was typed or read: `241`, `r0241`, an address that holds one. */
export const appointmentIn = (text: string): string | undefined => {
  const digits = /^\s*(\d{1,6})\s*$/u.exec(text)?.[1]
  if (digits !== undefined) return `R${digits.padStart(4, '0')}`
  return /(?:^|[^A-Z0-9])(R\d{4,6})(?![A-Z0-9])/iu.exec(text)?.[1]?.toUpperCase()
}

/** The book of appointments, a day at a time. */
export const useAppointments = defineSessionStore('appointments', () => {
  const bridge = useBridge()
  const hall = useHall()
  const command = useCommand()
  const today = computed(() => hall.view?.day ?? new Date().toISOString().slice(0, 10))
  const chosenDay = shallowRef<string>()
  const day = computed(() => chosenDay.value ?? today.value)
  const list = shallowRef<readonly AppointmentView[]>()
  const selected = shallowRef<string>()
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)

  const load = async (): Promise<void> => {
    const asked = day.value
    const result = await bridge.call('appointments.list', { day: asked })
    // Somebody has turned the page meanwhile.
    if (asked !== day.value) return
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return
    list.value = result.value.appointments.toSorted(
      (one, other) => one.time.localeCompare(other.time) || one.service.localeCompare(other.service),
    )
    if (!list.value.some(({ appointment }) => appointment === selected.value))
      selected.value = (list.value.find(({ state }) => state === 'booked') ?? list.value[0])?.appointment
  }
  const act = async <T>(subject: string, call: (commandId: string) => Promise<Result<T>>): Promise<T | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    const result = await command.ask(subject, call)
    busy.value = false
    actFault.value = result.ok ? undefined : result.fault
    if (!result.ok) return undefined
    await load()
    return result.value
  }
  const go = (to: string): Promise<void> => {
    chosenDay.value = to === today.value ? undefined : to
    list.value = undefined
    actFault.value = undefined
    return load()
  }
  const placed = async (
    found: { readonly appointment: AppointmentView } | undefined,
  ): Promise<AppointmentView | undefined> => {
    if (found === undefined) return undefined
    selected.value = found.appointment.appointment
    if (found.appointment.day !== day.value) await go(found.appointment.day)
    return found.appointment
  }
  return {
    today,
    day,
    list,
    selected,
    fault,
    actFault,
    busy,
    load,
    go,
    free: async (service: string, on: string) => {
      const result = await bridge.call('appointments.free', { service, day: on })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.times : []
    },
    /** `number`: by which the person's card finds it. */
    book: async (service: string, on: string, time: string, number?: string) =>
      placed(
        await act(`book ${service} ${on} ${time} ${String(list.value?.length ?? 0)} ${number ?? ''}`, (commandId) =>
          bridge.call('appointments.book', {
            commandId,
            service,
            day: on,
            time,
            ...(number === undefined ? {} : { number }),
          }),
        ),
      ),
    move: async ({ appointment, day: from, time: at }: AppointmentView, on: string, time: string) =>
      placed(
        await act(`move ${appointment} ${from} ${at} ${on} ${time}`, (commandId) =>
          bridge.call('appointments.move', { commandId, appointment, day: on, time }),
        ),
      ),
    cancel: ({ appointment, day: on, time }: AppointmentView) =>
      act(`cancel ${appointment} ${on} ${time}`, (commandId) =>
        bridge.call('appointments.cancel', { commandId, appointment }),
      ),
    checkIn: (appointment: string) =>
      act(`check in ${appointment}`, (commandId) => bridge.call('appointments.checkIn', { commandId, appointment })),
    /** The day that is shown, as PDF. */
    paper: async (): Promise<Uint8Array | undefined> => {
      const result = await bridge.call('appointments.paper', { day: day.value })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.pdf : undefined
    },
    calendar: async (): Promise<string | undefined> => {
      const result = await bridge.call('appointments.calendar', {})
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.text : undefined
    },
  }
})
