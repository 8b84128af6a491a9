import { shallowRef } from 'vue'
import type { In } from '#shared/contract/calls.ts'
import type { DayStatus } from '#shared/contract/features/closing/calls.ts'
import type { Fault } from '#shared/fault.ts'
import { newest } from '../../core/newest.ts'
import { wiping } from '../../core/pin.ts'
import { useCommand } from '../../core/useCommand.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** A day of the office before its closing and after it. */
export const useDayClosing = defineSessionStore('day', () => {
  const bridge = useBridge()
  const status = shallowRef<DayStatus>()
  const fault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)
  const command = useCommand()
  const ask = newest()
  /** A day may be closed again after it was reopened: that is another act. */
  const closedOften = (): number => status.value?.closing?.ordinal ?? 0
  const act = async (
    what: string,
    run: (commandId: string) => ReturnType<typeof bridge.call<'day.close'>>,
  ): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    const result = await command.ask(`${what} ${String(closedOften())}`, run)
    busy.value = false
    actFault.value = result.ok ? undefined : result.fault
    if (!result.ok) return false
    // What was asked before this act says how the day stood before it.
    ask()
    status.value = result.value
    return true
  }
  return {
    status,
    fault,
    actFault,
    busy,
    load: async (day?: string): Promise<void> => {
      const isNewest = ask()
      const result = await bridge.call('day.status', day === undefined ? {} : { day })
      if (!isNewest()) return
      fault.value = result.ok ? undefined : result.fault
      actFault.value = undefined
      if (result.ok) status.value = result.value
    },
    close: (day: string) => act(`close ${day}`, (commandId) => bridge.call('day.close', { commandId, day })),
    reopen: (day: string, reason: string, second: In<'day.reopen'>['second']) =>
      wiping(
        second,
        act(`reopen ${day}`, (commandId) => bridge.call('day.reopen', { commandId, day, reason, second })),
      ),
    print: async (closingId: string): Promise<boolean> => {
      const result = await bridge.call('closing.print', { closingId })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok
    },
    pdf: async (closingId: string): Promise<Uint8Array | undefined> => {
      const result = await bridge.call('closing.pdf', { closingId })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.pdf : undefined
    },
  }
})
