import { computed, shallowRef } from 'vue'
import type { LetterLine, SlipView } from '#shared/contract/features/mail/views.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useCommand } from '../../../core/useCommand.ts'
import { useMailOffice } from '../office.ts'

/** A slip takes so many letters (`mail.handOver`). */
const mostOnSlip = 200

/** Papers that are still here though their letter is routed, by service; and slips that have not come back signed. */
export const useSlips = defineSessionStore('mailSlips', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const command = useCommand()
  const routed = shallowRef<readonly LetterLine[]>()
  const open = shallowRef<readonly SlipView[]>()
  const service = shallowRef<string>()
  /** Letters of the service that stay here for now. */
  const left = shallowRef<ReadonlySet<string>>(new Set())
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)

  const groups = computed(() => {
    const byService = new Map<string, LetterLine[]>()
    for (const line of routed.value ?? [])
      if (line.service !== undefined && line.holder === undefined)
        byService.set(line.service, [...(byService.get(line.service) ?? []), line])
    return [...byService].map(([code, lines]) => ({ code, lines: lines.slice(0, mostOnSlip) }))
  })
  const group = computed(() => groups.value.find(({ code }) => code === service.value) ?? groups.value[0])
  const chosen = computed(() => (group.value?.lines ?? []).filter(({ number }) => !left.value.has(number)))
  const load = async (): Promise<void> => {
    const [lines, slips] = await Promise.all([
      bridge.call('mail.search', { state: 'routed', limit: 500 }),
      bridge.call('mail.slips', { open: true }),
    ])
    fault.value = lines.ok ? (slips.ok ? undefined : slips.fault) : lines.fault
    // In the order in which they came: as they lie in the stack.
    if (lines.ok) routed.value = lines.value.lines.toReversed()
    if (slips.ok) open.value = slips.value.slips
  }
  const after = async (): Promise<void> => {
    left.value = new Set()
    await Promise.all([load(), office.load()])
  }
  return {
    routed,
    open,
    service,
    left,
    fault,
    actFault,
    busy,
    groups,
    group,
    chosen,
    load,
    /** Takes a letter onto the slip, or leaves it here. */
    toggle: (number: string): void => {
      const next = new Set(left.value)
      if (!next.delete(number)) next.add(number)
      left.value = next
    },
    handOver: async (): Promise<SlipView | undefined> => {
      const [to, numbers] = [group.value?.code, chosen.value.map(({ number }) => number)]
      if (busy.value || to === undefined || numbers.length === 0) return undefined
      busy.value = true
      const result = await command.ask(`slip ${to} ${numbers.join(' ')}`, (commandId) =>
        bridge.call('mail.handOver', { commandId, numbers, service: to }),
      )
      busy.value = false
      actFault.value = result.ok ? undefined : result.fault
      if (!result.ok) return undefined
      await after()
      return result.value
    },
    receive: async ({ slipId }: SlipView, by: string): Promise<boolean> => {
      if (busy.value) return false
      busy.value = true
      const result = await command.ask(`received ${slipId}`, (commandId) =>
        bridge.call('mail.slipReceived', { commandId, slipId, by }),
      )
      busy.value = false
      actFault.value = result.ok ? undefined : result.fault
      if (result.ok) await after()
      return result.ok
    },
  }
})
