import { computed, shallowRef, watch } from 'vue'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useReceipt } from '../stores/receipt.ts'
import { useRequest } from '../stores/request.ts'
import { useQueue } from './queue.ts'

/**
 * What another counter began for whoever was called here. Once he stands at the counter it comes and opens by itself,
 * once for each call: never over a request or a receipt that is on screen; then it waits among the drafts.
 */
export const useCalledFile = defineSessionStore('counter.file', () => {
  const [bridge, queue, request, receipt] = [useBridge(), useQueue(), useRequest(), useReceipt()]
  /** Of the ticket that stands here. */
  const file = computed(() => (queue.state === 'serving' ? queue.ticket?.file : undefined))
  const fault = shallowRef<Fault>()
  const busy = shallowRef(false)
  /** How many scans stayed at the other counter. */
  const left = shallowRef(0)
  const take = async (): Promise<void> => {
    const ticket = queue.ticket?.ticket
    if (ticket === undefined || file.value === undefined || busy.value) return
    busy.value = true
    const taken = await bridge.call('hall.takeFile', { ticket })
    busy.value = false
    // Whoever stands here by now has a ticket of his own.
    if (queue.ticket?.ticket !== ticket) return
    fault.value = taken.ok ? undefined : taken.fault
    if (!taken.ok) return
    left.value = taken.value.left
    await request.listBegun()
    if (receipt.deposit === undefined && request.draft === undefined) await request.open(taken.value.id)
  }
  watch(
    () => (file.value === undefined ? undefined : `${queue.ticket?.ticket ?? ''} ${queue.ticket?.calledAt ?? ''}`),
    (call) => {
      fault.value = undefined
      left.value = 0
      if (call !== undefined) void take()
    },
    { immediate: true },
  )
  return { fault, left, busy, take }
})
