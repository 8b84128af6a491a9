import { onScopeDispose, shallowRef } from 'vue'
import type {
  JournalEntry,
  JournalFilter,
  JournalProofs,
  JournalVerdict,
} from '#shared/contract/features/journal/calls.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { newest } from '../../core/newest.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** Lines read at once. */
const pageLength = 200

/** A walk over the whole journal, which may take minutes: what for, and how far. */
export interface Walk {
  readonly what: 'verifying' | 'exporting'
  readonly done: number
  readonly total: number
}

/** The journal as an auditor reads it: pages of lines, what holds them, and the verdict of a walk over all of them. */
export const useJournal = defineSessionStore('journal', () => {
  const bridge = useBridge()
  const entries = shallowRef<readonly JournalEntry[]>()
  const more = shallowRef(false)
  const filter = shallowRef<JournalFilter>({})
  const proofs = shallowRef<JournalProofs>()
  const verdict = shallowRef<JournalVerdict>()
  const walk = shallowRef<Walk>()
  const fault = shallowRef<Fault>()
  const ask = newest()
  let stopping = new AbortController()
  const off = bridge.on('journal', (now) => {
    if (walk.value !== undefined) walk.value = { ...walk.value, ...now }
  })
  onScopeDispose(off)

  /** One walk at a time; what was stopped by the person is no fault. */
  const walking = async <T>(
    what: Walk['what'],
    ask: (signal: AbortSignal) => Promise<Result<T>>,
  ): Promise<T | undefined> => {
    if (walk.value !== undefined) return undefined
    stopping = new AbortController()
    walk.value = { what, done: 0, total: proofs.value?.head?.seq ?? 0 }
    const result = await ask(stopping.signal)
    walk.value = undefined
    fault.value = result.ok || result.fault.code === 'call.cancelled' ? undefined : result.fault
    return result.ok ? result.value : undefined
  }

  const read = async (before?: number): Promise<void> => {
    const isNewest = ask()
    const result = await bridge.call('journal.page', {
      ...filter.value,
      limit: pageLength,
      ...(before === undefined ? {} : { before }),
    })
    // A choice that was made meanwhile wins.
    if (!isNewest()) return
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return
    entries.value = before === undefined ? result.value.entries : [...(entries.value ?? []), ...result.value.entries]
    more.value = result.value.more
  }
  return {
    entries,
    more,
    filter,
    proofs,
    verdict,
    walk,
    fault,
    load: async (): Promise<void> => {
      await Promise.all([
        read(),
        bridge.call('journal.proofs', {}).then((found) => {
          if (found.ok) proofs.value = found.value
        }),
      ])
    },
    choose: (next: JournalFilter): void => {
      filter.value = next
      void read()
    },
    /** Lines from this one down, whatever was chosen. */
    show: (seq: number): void => {
      filter.value = {}
      entries.value = []
      void read(seq + 1)
    },
    older: async (): Promise<void> => {
      await read(entries.value?.at(-1)?.seq)
    },
    verify: async (): Promise<void> => {
      const found = await walking('verifying', (signal) => bridge.call('journal.verify', {}, signal))
      if (found !== undefined) verdict.value = found
    },
    /** The whole journal into a file that the system's dialog asks for. */
    export: () => walking('exporting', (signal) => bridge.call('journal.export', {}, signal)),
    /** A report over the lines that are chosen. */
    report: () => walking('verifying', (signal) => bridge.call('journal.report', filter.value, signal)),
    stop: (): void => {
      stopping.abort()
    },
  }
})
