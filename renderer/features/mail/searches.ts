import { computed, shallowRef } from 'vue'
import type { SavedSearch } from '#shared/domain/mail/savedSearch.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'
import { useLetters } from './letters.ts'
import { useMailOffice } from './office.ts'

/** As many as the register keeps of one person. */
const most = 20

/** The searches of whoever is signed in, each under its name. */
export const useSearches = defineSessionStore('mailSearches', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const letters = useLetters()
  const fault = shallowRef<Fault>()
  const changed = shallowRef<readonly SavedSearch[]>()
  const all = computed(() => changed.value ?? office.settings?.searches ?? [])
  const now = computed((): Omit<SavedSearch, 'name'> => {
    const { register, state, service, period, due } = letters.filter
    return {
      words: letters.words.trim(),
      period,
      ...(register === undefined ? {} : { register }),
      ...(state === undefined ? {} : { state }),
      ...(service === undefined ? {} : { service }),
      ...(due === undefined ? {} : { due }),
    }
  })
  const keyOf = ({ words, register, state, service, period, due }: Omit<SavedSearch, 'name'>): string =>
    JSON.stringify([words, register, state, service, period, due])
  const isShown = (one: SavedSearch): boolean => keyOf(one) === keyOf(now.value)
  let last: Promise<unknown> = Promise.resolve()
  /** The list is kept whole: a change is made to what the one before it left. */
  const change = (to: (before: readonly SavedSearch[]) => readonly SavedSearch[]): Promise<boolean> => {
    const made = last.then(async () => {
      const searches = to(all.value)
      const result = await bridge.call('mail.keepSearches', { searches: [...searches] })
      fault.value = result.ok ? undefined : result.fault
      if (result.ok) changed.value = searches
      return result.ok
    })
    last = made
    return made
  }
  return {
    all,
    fault,
    isShown,
    /** Something is looked for that is not kept yet. */
    mayKeep: computed(() => letters.narrowed && all.value.length < most && !all.value.some(isShown)),
    /** How it may be called. */
    suggested: computed(() => now.value.words.slice(0, 60)),
    show: (one: SavedSearch): void => {
      const { name: _, words, ...filter } = one
      letters.words = words
      letters.filter = filter
    },
    /** Keeps what is looked for now; another one of the same name makes room for it. */
    keep: (name: string): Promise<boolean> => {
      const one = { name, ...now.value }
      return change((before) => [...before.filter((other) => other.name !== name), one])
    },
    drop: (name: string): Promise<boolean> => change((before) => before.filter((one) => one.name !== name)),
  }
})
