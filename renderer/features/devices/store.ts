import { shallowRef } from 'vue'
import type { Out } from '#shared/contract/calls.ts'
import type { DeviceView } from '#shared/contract/features/devices/calls.ts'
import type { OfficeHandedOver } from '#shared/contract/officeFile.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import type { Medium } from '#shared/ports/printer.ts'
import { usePrint } from '../../core/stores/print.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'

/** What is plugged into this workstation. Each kind is asked by itself, so that a slow one holds up no other. */
export const useDevices = defineSessionStore('devices', () => {
  const bridge = useBridge()
  const print = usePrint()
  const readers = shallowRef<Out<'reader.list'>['readers']>()
  const readerFault = shallowRef<Fault>()
  const scanners = shallowRef<Out<'scanner.list'>['scanners']>()
  const scannerFault = shallowRef<Fault>()
  const printerFault = shallowRef<Fault>()
  const codeReaders = shallowRef<Out<'codeReader.list'>['readers']>()
  const device = shallowRef<DeviceView>()
  const enrolling = shallowRef(false)
  const enrolFault = shallowRef<Fault>()
  const busy = shallowRef(false)

  const askDevice = async (): Promise<void> => {
    const result = await bridge.call('device.show', {})
    if (result.ok) device.value = result.value
  }
  const askCodeReaders = async (): Promise<void> => {
    const result = await bridge.call('codeReader.list', {})
    // Without a devices host the readers of cards say so.
    codeReaders.value = result.ok ? result.value.readers : []
  }

  const askReaders = async (): Promise<void> => {
    const result = await bridge.call('reader.list', {})
    readerFault.value = result.ok ? undefined : result.fault
    if (result.ok) readers.value = result.value.readers
  }
  const askScanners = async (): Promise<void> => {
    const result = await bridge.call('scanner.list', {})
    // No scanner is a state of this screen, not an accident.
    scannerFault.value = result.ok || result.fault.code === 'scanner.none' ? undefined : result.fault
    scanners.value = result.ok ? result.value.scanners : []
  }
  const askPrinters = async (): Promise<void> => {
    // Taken when it comes: a printer that is asked takes seconds, in which jobs move on and say so.
    const listed = bridge.call('print.list', {}).then((jobs) => {
      if (jobs.ok) print.fill(jobs.value.jobs)
    })
    const printers = await bridge.call('printer.list', {})
    printerFault.value = printers.ok ? undefined : printers.fault
    if (printers.ok) {
      print.printers = printers.value.printers
      print.chosen = printers.value.chosen
    }
    await listed
  }
  return {
    readers,
    readerFault,
    scanners,
    scannerFault,
    printerFault,
    codeReaders,
    device,
    enrolling,
    enrolFault,
    busy,
    askDevice,
    askCodeReaders,
    askPrinters,
    askReaders,
    askScanners,
    load: async (): Promise<void> => {
      busy.value = true
      // Whoever waits for the platform asks it, not only this desk.
      if (
        device.value !== undefined &&
        device.value.platform &&
        device.value.state !== 'enrolled' &&
        device.value.state !== 'none'
      )
        await bridge.call('outbox.drain', {})
      await Promise.all([askDevice(), askPrinters(), askReaders(), askCodeReaders(), askScanners()])
      busy.value = false
    },
    enrol: async (code: string): Promise<boolean> => {
      enrolling.value = true
      const result = await bridge.call('device.enrol', { code })
      enrolling.value = false
      enrolFault.value = result.ok ? undefined : result.fault
      if (result.ok) device.value = result.value
      return result.ok
    },
    /** One file for support, where the administrator says. */
    support: () => bridge.call('device.support', {}),
    /** The platform is the one of this office file from now on. */
    trust: async (handed: OfficeHandedOver): Promise<Result<DeviceView>> => {
      const result = await bridge.call('platform.trust', handed)
      if (result.ok) device.value = result.value
      return result
    },
    choose: async (medium: Medium, printer: string): Promise<boolean> => {
      const result = await bridge.call('printer.choose', { medium, printer })
      printerFault.value = result.ok ? undefined : result.fault
      if (result.ok) print.chosen = { ...print.chosen, [medium]: printer }
      return result.ok
    },
    resolve: async (printJobId: string, cameOut: boolean): Promise<void> => {
      const result = await bridge.call('print.resolve', { printJobId, cameOut })
      printerFault.value = result.ok ? undefined : result.fault
      if (result.ok) print.put(result.value)
    },
  }
})
