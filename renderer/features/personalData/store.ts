import { shallowRef } from 'vue'
import type { In, Out } from '#shared/contract/calls.ts'
import type { AccessView, PersonalRequestView } from '#shared/contract/features/personalData/calls.ts'
import type { Purpose } from '#shared/domain/identity/purpose.ts'
import type { Fault } from '#shared/fault.ts'
import { newest } from '../../core/newest.ts'
import { wiping } from '../../core/pin.ts'
import { useCommand } from '../../core/useCommand.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** Lines of the access log that are read at once. */
const page = 100

/**
 * What is kept and how long, who saw it, and what people asked for. What a search finds is in the dialog alone, and
 * goes with it.
 */
export const usePersonalData = defineSessionStore('personalData', () => {
  const bridge = useBridge()
  const command = useCommand()
  const retention = shallowRef<Out<'personalData.retention'>>()
  const accesses = shallowRef<readonly AccessView[]>()
  const more = shallowRef(false)
  const requests = shallowRef<readonly PersonalRequestView[]>()
  const fault = shallowRef<Fault>()
  const purpose = shallowRef<Purpose>()
  const actor = shallowRef('')
  const ask = newest()

  const readAccesses = async (before?: number): Promise<void> => {
    const isNewest = ask()
    const read = await bridge.call('personalData.accesses', {
      limit: page,
      ...(before === undefined ? {} : { before }),
      ...(purpose.value === undefined ? {} : { purpose: purpose.value }),
      ...(actor.value.trim() === '' ? {} : { actor: actor.value.trim() }),
    })
    // A slower answer to an older filter says nothing any more.
    if (!isNewest()) return
    fault.value = read.ok ? undefined : read.fault
    if (!read.ok) return
    accesses.value = before === undefined ? read.value.accesses : [...(accesses.value ?? []), ...read.value.accesses]
    more.value = read.value.more
  }
  return {
    retention,
    accesses,
    more,
    requests,
    fault,
    purpose,
    actor,
    readAccesses,
    load: async (): Promise<void> => {
      const [kept, people] = await Promise.all([
        bridge.call('personalData.retention', {}),
        bridge.call('personalData.requests', {}),
      ])
      if (kept.ok) retention.value = kept.value
      if (people.ok) requests.value = people.value.requests
      await readAccesses()
      const failed = [kept, people].find((one) => !one.ok)
      if (failed?.ok === false) fault.value = failed.fault
    },
    find: (sought: In<'personalData.find'>) => bridge.call('personalData.find', sought),
    copy: (files: readonly string[]) =>
      command.ask(`copy ${[...files].sort().join(' ')}`, (commandId) =>
        bridge.call('personalData.export', { commandId, files: [...files] }),
      ),
    erase: (order: Omit<In<'personalData.erase'>, 'commandId'>) =>
      wiping(
        order.second,
        command.ask(`${order.right} ${[...order.files].sort().join(' ')}`, (commandId) =>
          bridge.call('personalData.erase', { ...order, commandId }),
        ),
      ),
  }
})
