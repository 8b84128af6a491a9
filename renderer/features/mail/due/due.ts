import { computed, shallowRef } from 'vue'
import type { LetterLine, ServiceBaskets } from '#shared/contract/features/mail/views.ts'
import type { Basket } from '#shared/domain/mail/baskets.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'

/** More lines are a list to search, not a basket to work through. */
const most = 500

/** What services owe, and the letters of one of their baskets. */
export const useDue = defineSessionStore('mailDue', () => {
  const bridge = useBridge()
  const services = shallowRef<readonly ServiceBaskets[]>()
  /** The code of the service that is looked at; all of them without one. */
  const service = shallowRef<string>()
  const basket = shallowRef<Basket>('late')
  const lines = shallowRef<readonly LetterLine[]>()
  const fault = shallowRef<Fault>()
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
  let asked = 0
  const look = async (): Promise<void> => {
    asked += 1
    const mine = asked
    const of = service.value === undefined ? {} : { service: service.value }
    const result = await bridge.call('mail.search', { ...of, due: basket.value, limit: most })
    if (mine !== asked) return
    fault.value = result.ok ? undefined : result.fault
    // The nearest day first: what is latest is what is asked about.
    if (result.ok)
      lines.value = result.value.lines.toSorted((one, other) => (one.by ?? '').localeCompare(other.by ?? ''))
  }
  return {
    services,
    service,
    basket,
    lines,
    fault,
    every,
    look,
    load: async (): Promise<void> => {
      const [counted] = await Promise.all([bridge.call('mail.baskets', {}), look()])
      if (counted.ok) services.value = counted.value.services
      else fault.value = counted.fault
    },
  }
})
