import { computed, shallowRef, watch } from 'vue'
import type { ArchiveList, ArchiveView, ListKind, OverLine } from '#shared/contract/features/mail/archive/views.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'

/** A class of the plan as it is shown; without a code, the letters that have none. */
export type ShownClass = Pick<ArchiveView['classes'][number], 'code' | 'over' | 'held'> &
  Partial<ArchiveView['classes'][number]>

/** What somebody types of the receipt or of the agreement of the archive. */
export interface Given {
  readonly reference: string
  readonly on: string
}

/** What is over by the plan, and the lists that take it to the archive or out of the register. */
export const useArchive = defineSessionStore('mailArchive', () => {
  const bridge = useBridge()
  const command = useCommand()
  const view = shallowRef<ArchiveView>()
  /** The code of the class that is looked at. */
  const code = shallowRef<string>()
  const listId = shallowRef<string>()
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)
  /** Lines that were taken on, or left out, by hand. */
  const toggled = shallowRef<ReadonlySet<string>>(new Set())

  /** Those with something to do first. */
  const classes = computed((): readonly ShownClass[] => {
    const all = view.value?.classes ?? []
    const none = view.value?.unclassed ?? 0
    const known = [...all].sort((one, other) => Number(other.over > 0) - Number(one.over > 0))
    return [...known, ...(none > 0 ? [{ code: '', over: none, held: 0 }] : [])]
  })
  const chosenClass = computed(() => classes.value.find((one) => one.code === code.value))
  const lines = computed(() => view.value?.lines ?? [])
  const lists = computed(() => view.value?.lists ?? [])
  const list = computed(() => lists.value.find((one) => one.listId === listId.value) ?? lists.value[0])
  /** Of a class of which only some letters are kept, somebody chooses which. */
  const isChosen = ({ line, held }: OverLine): boolean =>
    held === undefined && (chosenClass.value?.fate !== 'sample') !== toggled.value.has(line.number)
  const chosen = computed(() => (code.value === '' ? [] : lines.value.filter(isChosen)))
  let asked = 0
  const load = async (): Promise<void> => {
    asked += 1
    const mine = asked
    const result = await bridge.call('mail.archive', code.value === undefined ? {} : { class: code.value })
    if (mine !== asked) return
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return
    view.value = result.value
    // The first class with something to do is looked at first.
    if (code.value === undefined) code.value = classes.value[0]?.code
  }
  watch(code, () => void load())
  watch(lines, () => {
    toggled.value = new Set()
  })
  const act = async <T>(subject: string, call: (commandId: string) => Promise<Result<T>>): Promise<T | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    const result = await command.ask(subject, call)
    actFault.value = result.ok ? undefined : result.fault
    if (result.ok) await load()
    busy.value = false
    return result.ok ? result.value : undefined
  }
  const ofList = ({ listId: id, state }: ArchiveList, what: string): string => `${what} ${id} ${state}`
  return {
    view,
    code,
    listId,
    fault,
    actFault,
    busy,
    classes,
    chosenClass,
    lines,
    lists,
    list,
    chosen,
    isChosen,
    load,
    toggle: (number: string): void => {
      const next = new Set(toggled.value)
      if (!next.delete(number)) next.add(number)
      toggled.value = next
    },
    make: (kind: ListKind): Promise<ArchiveList | undefined> => {
      const numbers = chosen.value.map(({ line }) => line.number)
      if (numbers.length === 0) return Promise.resolve(undefined)
      return act(`list ${kind} ${String(lists.value.length)} ${numbers.join(' ')}`, (commandId) =>
        bridge.call('mail.makeList', { commandId, kind, numbers }),
      )
    },
    classify: (number: string, to: string) =>
      act(`class ${number} ${to}`, (commandId) => bridge.call('mail.classify', { commandId, number, class: to })),
    hold: (number: string, reason: string) =>
      act(`hold ${number}`, (commandId) => bridge.call('mail.hold', { commandId, number, reason })),
    release: (number: string) =>
      act(`release ${number}`, (commandId) => bridge.call('mail.release', { commandId, number })),
    receive: (of: ArchiveList, given: Given) =>
      act(ofList(of, 'receive'), (commandId) =>
        bridge.call('mail.listReceived', { commandId, listId: of.listId, ...given }),
      ),
    approve: (of: ArchiveList, given: Given) =>
      act(ofList(of, 'approve'), (commandId) =>
        bridge.call('mail.approveList', { commandId, listId: of.listId, ...given }),
      ),
    withdraw: (of: ArchiveList, reason: string) =>
      act(ofList(of, 'withdraw'), (commandId) =>
        bridge.call('mail.withdrawList', { commandId, listId: of.listId, reason }),
      ),
    destroy: (of: ArchiveList) =>
      act(ofList(of, 'destroy'), (commandId) => bridge.call('mail.destroyList', { commandId, listId: of.listId })),
    pdf: async ({ listId: id }: ArchiveList, paper: 'list' | 'record'): Promise<Uint8Array | undefined> => {
      const result = await bridge.call('mail.listPdf', { listId: id, paper })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.pdf : undefined
    },
  }
})

/** `V-3`, `E-2`: what people call a list. */
export const nameOfList = ({ kind, rank }: Pick<ArchiveList, 'kind' | 'rank'>): string =>
  `${kind === 'transfer' ? 'V' : 'E'}-${String(rank)}`
