import { computed, shallowRef, watch } from 'vue'
import type { LetterLine, ReminderView, ServiceBaskets } from '#shared/contract/features/mail/views.ts'
import type { Basket } from '#shared/domain/mail/baskets.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { newest } from '../../../core/newest.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useMailOffice } from '../office.ts'

/** More lines are a list to search, not a basket to work through. */
const most = 500
/** A reminder names so many letters (`mail.remind`). */
const mostReminded = 200

/** What services owe, and the letters of one of their baskets. */
export const useDue = defineSessionStore('mailDue', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const command = useCommand()
  const services = shallowRef<readonly ServiceBaskets[]>()
  /** The code of the service that is looked at; all of them without one. */
  const service = shallowRef<string>()
  const basket = shallowRef<Basket>('late')
  const lines = shallowRef<readonly LetterLine[]>()
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)
  /** Letters that were taken on, or left out, by hand. */
  const toggled = shallowRef<ReadonlySet<string>>(new Set())
  /** What all of them owe together. */
  const every = computed((): ServiceBaskets => {
    const sum = (of: Exclude<keyof ServiceBaskets, 'service'>): number =>
      (services.value ?? []).reduce((all, one) => all + one[of], 0)
    return {
      late: sum('late'),
      today: sum('today'),
      soon: sum('soon'),
      waiting: sum('waiting'),
      unrouted: sum('unrouted'),
    }
  })
  const ask = newest()
  const look = async (): Promise<void> => {
    const isNewest = ask()
    const of = service.value === undefined ? {} : { service: service.value }
    const result = await bridge.call('mail.search', { ...of, due: basket.value, limit: most })
    if (!isNewest()) return
    fault.value = result.ok ? undefined : result.fault
    // The nearest day first: what is latest is what is asked about.
    if (result.ok)
      lines.value = result.value.lines.toSorted((one, other) => (one.by ?? '').localeCompare(other.by ?? ''))
  }
  watch(lines, () => {
    toggled.value = new Set()
    actFault.value = undefined
  })
  /** What a service was reminded of today is left out unless somebody takes it on. */
  const isChosen = ({ number, reminded }: LetterLine): boolean =>
    (reminded?.at.slice(0, 10) !== office.today) !== toggled.value.has(number)
  const chosen = computed(() => (lines.value ?? []).filter((line) => line.service !== undefined && isChosen(line)))
  const load = async (): Promise<void> => {
    const [counted] = await Promise.all([bridge.call('mail.baskets', {}), look()])
    if (counted.ok) services.value = counted.value.services
    else fault.value = counted.fault
  }
  const remindOne = async (to: string, letters: readonly LetterLine[], print: boolean) => {
    const numbers = letters.map(({ number }) => number)
    const times = letters.map(({ reminded }) => reminded?.times ?? 0)
    const subject = `remind ${to} ${numbers.join(' ')} ${times.join(' ')} ${String(print)}`
    return command.ask(subject, (commandId) => bridge.call('mail.remind', { commandId, service: to, numbers, print }))
  }
  return {
    services,
    service,
    basket,
    lines,
    fault,
    every,
    actFault,
    busy,
    chosen,
    isChosen,
    look,
    load,
    toggle: (number: string): void => {
      const next = new Set(toggled.value)
      if (!next.delete(number)) next.add(number)
      toggled.value = next
    },
    /** Reminds each service of those of its letters that were chosen; the reminders that were made. */
    remind: async (print: boolean): Promise<readonly ReminderView[]> => {
      if (busy.value) return []
      busy.value = true
      const made: ReminderView[] = []
      let failed: Fault | undefined
      for (const [to, letters] of Map.groupBy(chosen.value, (line) => line.service ?? '')) {
        const result = await remindOne(to, letters.slice(0, mostReminded), print)
        if (result.ok) made.push(result.value)
        else failed ??= result.fault
      }
      await load()
      busy.value = false
      actFault.value = failed
      return made
    },
  }
})
