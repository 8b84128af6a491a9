import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Out } from '#shared/contract/calls.ts'
import type { Fault } from '#shared/fault.ts'
import { usePrint } from '../../app/stores/print.ts'
import { useBridge } from '../../bridge/index.ts'

/** What is plugged into this workstation. Printers are shared with the status strip; readers and scanners are asked when looked at. */
export const useDevices = defineStore('devices', () => {
  const bridge = useBridge()
  const print = usePrint()
  const devices = shallowRef<Out<'devices.list'>>()
  const fault = shallowRef<Fault>()
  const printerFault = shallowRef<Fault>()
  const busy = shallowRef(false)

  return {
    devices, fault, printerFault, busy,
    load: async (): Promise<void> => {
      busy.value = true
      const [listed, printers, jobs] = await Promise.all([bridge.call('devices.list', {}), bridge.call('printer.list', {}), bridge.call('print.list', {})])
      busy.value = false
      fault.value = listed.ok ? undefined : listed.fault
      if (listed.ok) devices.value = listed.value
      printerFault.value = printers.ok ? undefined : printers.fault
      if (printers.ok) { print.printers = printers.value.printers; print.chosen = printers.value.chosen }
      if (jobs.ok) for (const job of jobs.value.jobs) print.put(job)
    },
    choose: async (printer: string): Promise<boolean> => {
      const result = await bridge.call('printer.choose', { printer })
      printerFault.value = result.ok ? undefined : result.fault
      if (result.ok) print.chosen = printer
      return result.ok
    },
    resolve: async (printJobId: string, cameOut: boolean): Promise<void> => {
      const result = await bridge.call('print.resolve', { printJobId, cameOut })
      printerFault.value = result.ok ? undefined : result.fault
      if (result.ok) print.put(result.value)
    },
  }
})
