import { shallowRef } from 'vue'
import type { In, Out } from '#shared/contract/calls.ts'
import type { ReaderRole } from '#shared/contract/cardEvents.ts'
import type { AccountView } from '#shared/contract/features/accounts/calls.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

type Act = 'account.unlock' | 'account.bindCard' | 'account.unbindCard' | 'account.end'

/** The accounts that this counter knows, and the readers where their cards go. */
export const useAccounts = defineSessionStore('accounts', () => {
  const bridge = useBridge()
  const accounts = shallowRef<readonly AccountView[]>()
  const readers = shallowRef<Out<'reader.list'>['readers']>([])
  const fault = shallowRef<Fault>()
  const busy = shallowRef(false)
  /** Of the card that would be bound; nothing for one that does not sign. */
  const cardPin = shallowRef<Out<'account.cardPin'>>()

  const load = async (): Promise<void> => {
    const [listed, found] = await Promise.all([bridge.call('account.list', {}), bridge.call('reader.list', {})])
    fault.value = listed.ok ? undefined : listed.fault
    if (listed.ok) accounts.value = listed.value.accounts
    readers.value = found.ok ? found.value.readers : []
  }
  /** The account as it is after the act, nothing when it failed: `fault` says why. */
  const act = async <A extends Act>(name: A, input: In<A>): Promise<AccountView | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    const done = await bridge.call(name, input)
    busy.value = false
    fault.value = done.ok ? undefined : done.fault
    if (!done.ok) return undefined
    // Every act on an account answers with the account.
    const changed = done.value as AccountView
    accounts.value = accounts.value?.map((one) => (one.login === changed.login ? changed : one))
    return changed
  }
  return {
    accounts,
    readers,
    fault,
    busy,
    load,
    act,
    cardPin,
    askPin: async (): Promise<void> => {
      const state = await bridge.call('account.cardPin', {})
      cardPin.value = state.ok ? state.value : undefined
    },
    setRole: async (reader: string, role: ReaderRole): Promise<void> => {
      const set = await bridge.call('reader.setRole', { reader, role })
      fault.value = set.ok ? undefined : set.fault
      if (set.ok) readers.value = readers.value.map((one) => (one.reader === reader ? { ...one, role } : one))
    },
  }
})
