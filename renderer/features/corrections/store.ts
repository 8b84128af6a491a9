import { computed, shallowRef, watch } from 'vue'
import type { In } from '#shared/contract/calls.ts'
import type { ProcedureEntry } from '#shared/contract/features/catalogue/calls.ts'
import type { CorrectionView } from '#shared/contract/features/corrections/calls.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { newest } from '../../core/newest.ts'
import { wiping } from '../../core/pin.ts'
import { useCommand } from '../../core/useCommand.ts'
import { useSync } from '../../core/stores/sync.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

export type Shelf = 'open' | 'repaired'
type Correct = Omit<In<'correction.correct'>, 'commandId'>
type Decide = Omit<In<'correction.cancel'>, 'commandId'>

/** Refused acts and what was done about them. The lists are read again whenever the outbox says that it changed. */
export const useCorrections = defineSessionStore('corrections', () => {
  const bridge = useBridge()
  const sync = useSync()
  const command = useCommand()
  const open = shallowRef<readonly CorrectionView[]>()
  const repaired = shallowRef<readonly CorrectionView[]>([])
  /** A number that was asked for by hand, whatever became of it. */
  const found = shallowRef<CorrectionView>()
  /** The beginning of the catalogue: what stands there before a sheet is looked for. */
  const offered = shallowRef<readonly ProcedureEntry[]>([])
  const fault = shallowRef<Fault>()
  const findFault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)
  const shelf = shallowRef<Shelf>('open')

  const load = async (): Promise<void> => {
    const result = await bridge.call('correction.list', {})
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return
    open.value = result.value.corrections
    repaired.value = result.value.repaired
    if (sought !== undefined) await find(sought)
  }
  const seek = newest()
  /** The number that is asked for by hand, answered or not yet. */
  let sought: string | undefined
  const find = async (number: string): Promise<boolean> => {
    const isNewest = seek()
    sought = number
    const result = await bridge.call('correction.find', { number })
    if (isNewest()) {
      findFault.value = result.ok ? undefined : result.fault
      found.value = result.ok ? result.value : undefined
    }
    return result.ok
  }
  watch(
    () => sync.revision,
    () => {
      if (open.value !== undefined) void load()
    },
  )

  /** An act is repaired again only after its last repair was refused: that is another repair. */
  const repairsOf = (act: string): number =>
    [found.value, ...(open.value ?? []), ...repaired.value].find((one) => one?.act.id === act)?.repairs.length ?? 0
  const repair = async (
    kind: 'correct' | 'cancel' | 'override',
    act: string,
    ask: (commandId: string) => Promise<Result<CorrectionView>>,
  ): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    const result = await command.ask(`${kind} ${act} ${String(repairsOf(act))}`, ask)
    busy.value = false
    actFault.value = result.ok ? undefined : result.fault
    if (result.ok) await load()
    return result.ok
  }
  return {
    open,
    repaired,
    found,
    offered,
    fault,
    findFault,
    actFault,
    busy,
    shelf,
    load,
    find,
    rows: computed(() =>
      found.value === undefined ? (shelf.value === 'open' ? (open.value ?? []) : repaired.value) : [found.value],
    ),
    loadOffered: async (): Promise<void> => {
      const listed = await bridge.call('catalogue.search', { words: '', limit: 50 })
      if (listed.ok) offered.value = listed.value.entries
    },
    sheetOf: async ({ code, version }: ProcedureEntry): Promise<Procedure | undefined> => {
      const found = await bridge.call('catalogue.sheet', { code, version })
      actFault.value = found.ok ? undefined : found.fault
      return found.ok ? found.value : undefined
    },
    forget: (): void => {
      seek()
      sought = undefined
      found.value = undefined
      findFault.value = undefined
    },
    /** Nothing is being decided any more. */
    settle: (): void => {
      actFault.value = undefined
    },
    correct: (order: Correct): Promise<boolean> =>
      repair('correct', order.act, (commandId) => bridge.call('correction.correct', { ...order, commandId })),
    cancel: (order: Decide): Promise<boolean> =>
      wiping(
        order.second,
        repair('cancel', order.act, (commandId) => bridge.call('correction.cancel', { ...order, commandId })),
      ),
    override: (order: Decide): Promise<boolean> =>
      wiping(
        order.second,
        repair('override', order.act, (commandId) => bridge.call('correction.override', { ...order, commandId })),
      ),
  }
})
