import type { calls } from '#shared/contract/features/devices/calls.ts'
import { ok } from '#shared/result.ts'
import { readReaderRoles, setReaderRole } from '../../core/desk/agentCards.ts'
import type { Feature } from '../../core/feature.ts'
import { enrolDevice, viewDevice, type Machine } from './enrolDevice.ts'

/** What is plugged into this machine, and what it is to its platform. */
export const devices: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, outbox, agentCards } = answering
    const { devices, dataDir, keystoreName, platformUrl } = parts
    const machine: Machine = { dataDir, keystoreName, platform: platformUrl !== undefined }
    return {
      'reader.list': async () => {
        const readers = await devices.cards.list()
        const roles = readReaderRoles(context.store.db)
        return readers.ok
          ? ok({ readers: readers.value.map((one) => ({ ...one, role: roles[one.reader] ?? 'any' })) })
          : readers
      },
      'codeReader.list': async () => {
        const readers = await devices.scans.list()
        return readers.ok ? ok({ readers: readers.value.map((one) => ({ ...one })) }) : readers
      },
      'scanner.list': async () => {
        const scanners = await devices.scanner.list()
        return scanners.ok ? ok({ scanners: scanners.value.map((one) => ({ ...one })) }) : scanners
      },

      'device.show': () => ok(viewDevice(context, machine)),
      'device.enrol': async ({ code }, { who }) => await enrolDevice(context, who, code, { outbox, machine }),
      'reader.setRole': ({ reader, role }, { who }) => {
        const set = setReaderRole(context, who, reader, role)
        // Whose card is in a reader depends on what the reader is for.
        if (set.ok) agentCards.tell()
        return set
      },
    }
  },
}
