import { computed, shallowRef } from 'vue'
import type { LetterLine } from '#shared/contract/features/mail/views.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useLetters } from '../letters.ts'

/** A morning has fewer; what is left comes with the next look. */
const most = 500

/** The letters that nobody was charged with yet, as they lie in the chief's folder: in the order in which they came. */
export const useFolder = defineSessionStore('mailFolder', () => {
  const bridge = useBridge()
  const letters = useLetters()
  const lines = shallowRef<readonly LetterLine[]>()
  /** What was routed in this sitting stays in its place, with its mark. */
  const routed = shallowRef<ReadonlySet<string>>(new Set())
  const fault = shallowRef<Fault>()
  const busy = shallowRef(false)
  const waiting = computed(() => (lines.value ?? []).filter(({ number }) => !routed.value.has(number)))
  const look = (number: string | undefined): void => {
    if (number === undefined) return
    letters.selected = number
  }
  return {
    lines,
    routed,
    fault,
    busy,
    waiting,
    look,
    load: async (): Promise<void> => {
      const result = await bridge.call('mail.search', { register: 'arrival', state: 'registered', limit: most })
      fault.value = result.ok ? undefined : result.fault
      if (!result.ok) return
      routed.value = new Set()
      lines.value = result.value.lines.toReversed()
      look(lines.value[0]?.number)
    },
    /** The one after this that still waits, else the first that does. */
    next: (): void => {
      const all = lines.value ?? []
      const at = all.findIndex(({ number }) => number === letters.selected)
      const left = [...all.slice(at + 1), ...all.slice(0, at)].filter(({ number }) => !routed.value.has(number))
      look(left[0]?.number)
    },
    done: (number: string): void => {
      routed.value = new Set([...routed.value, number])
    },
    paper: async (): Promise<Uint8Array | undefined> => {
      if (busy.value) return undefined
      busy.value = true
      const made = await bridge.call('mail.folderPdf', {})
      busy.value = false
      fault.value = made.ok ? undefined : made.fault
      return made.ok ? made.value.pdf : undefined
    },
  }
})
