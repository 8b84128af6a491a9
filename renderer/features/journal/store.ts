import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { JournalEntry, JournalFilter, JournalProofs, JournalVerdict } from '#shared/contract/closing.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../bridge/index.ts'

/** Lines read at once. */
const pageLength = 200

/** The journal as an auditor reads it: pages of lines, what holds them, and the verdict of a walk over all of them. */
export const useJournal = defineStore('journal', () => {
  const bridge = useBridge()
  const entries = shallowRef<readonly JournalEntry[]>()
  const more = shallowRef(false)
  const filter = shallowRef<JournalFilter>({})
  const proofs = shallowRef<JournalProofs>()
  const verdict = shallowRef<JournalVerdict>()
  const progress = shallowRef<{ readonly done: number; readonly total: number }>()
  const exporting = shallowRef(false)
  const fault = shallowRef<Fault>()
  let asked = 0
  bridge.on('journal', (now) => { if (progress.value !== undefined) progress.value = now })

  const read = async (before?: number): Promise<void> => {
    const mine = (asked += 1)
    const result = await bridge.call('journal.page', { ...filter.value, limit: pageLength, ...(before === undefined ? {} : { before }) })
    // A choice that was made meanwhile wins.
    if (mine !== asked) return
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return
    entries.value = before === undefined ? result.value.entries : [...(entries.value ?? []), ...result.value.entries]
    more.value = result.value.more
  }
  return {
    entries, more, filter, proofs, verdict, progress, exporting, fault,
    load: async (): Promise<void> => {
      await Promise.all([read(), bridge.call('journal.proofs', {}).then((found) => { if (found.ok) proofs.value = found.value })])
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
    older: async (): Promise<void> => { await read(entries.value?.at(-1)?.seq) },
    verify: async (): Promise<void> => {
      if (progress.value !== undefined) return
      progress.value = { done: 0, total: proofs.value?.head?.seq ?? 0 }
      const result = await bridge.call('journal.verify', {})
      progress.value = undefined
      fault.value = result.ok ? undefined : result.fault
      if (result.ok) verdict.value = result.value
    },
    export: async (format: 'jsonl' | 'pdf'): Promise<{ name: string; bytes: Uint8Array } | undefined> => {
      exporting.value = true
      const result = await bridge.call('journal.export', { format, ...(format === 'pdf' ? filter.value : {}) })
      exporting.value = false
      fault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value : undefined
    },
  }
})
