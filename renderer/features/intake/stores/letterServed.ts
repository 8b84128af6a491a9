import { computed, shallowRef, watch } from 'vue'
import type { RegisterNumber } from '#shared/ids.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCitizen } from './citizen.ts'
import { useRequest } from './request.ts'

const arabic = /\p{Script=Arabic}/u

/** The letter that asked for the request at hand, where it came by post: it goes with the draft, once there is one. */
export const useLetterServed = defineSessionStore('counter.letterServed', () => {
  const bridge = useBridge()
  const request = useRequest()
  const desk = useCitizen()
  /** Its number, before a sheet was chosen. */
  const waiting = shallowRef<RegisterNumber>()
  const fault = shallowRef<Fault>()
  const served = (): boolean => desk.citizen !== undefined || desk.typed || request.worked
  watch(
    () => request.draft,
    (draft) => {
      const number = waiting.value
      if (draft === undefined || number === undefined) return
      waiting.value = undefined
      if (draft.letter === undefined) request.set({ letter: number })
    },
  )
  // The desk was cleared: nothing of this letter goes to whoever comes next.
  watch(
    () => request.draftId,
    () => {
      waiting.value = undefined
      fault.value = undefined
    },
  )
  return {
    number: computed(() => request.draft?.letter ?? waiting.value),
    fault,
    /**
     * Takes a letter up: its sender stands in the fields as if he had been typed, for the agent to part and to complete,
     * and nothing of him is proved. Not while somebody is served.
     */
    take: async (number: string): Promise<boolean> => {
      if (served()) return false
      const shown = await bridge.call('mail.show', { number })
      // Somebody may have come meanwhile, by his card too.
      if (served()) return false
      fault.value = shown.ok ? undefined : shown.fault
      if (!shown.ok) return true
      const { name, nameAr = arabic.test(name) ? name : '' } = shown.value.sender
      desk.form.familyName = arabic.test(name) ? '' : name
      desk.form.nativeName = nameAr
      desk.typing = true
      if (request.draft === undefined) waiting.value = shown.value.number
      else request.set({ letter: shown.value.number })
      return true
    },
    drop: (): void => {
      waiting.value = undefined
      request.set({ letter: undefined })
    },
  }
})
