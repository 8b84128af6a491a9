import type { calls } from '#shared/contract/features/devices/calls.ts'
import { ok } from '#shared/result.ts'
import { readReaderRoles, setReaderRole } from '../../core/desk/agentCards.ts'
import type { Feature } from '../../core/feature.ts'
import { platformAddress } from '../../outbox/rows/platformTrust.ts'
import { enrolDevice, viewDevice, type Machine } from './enrolDevice.ts'
import { writeSupport } from './writeSupport.ts'
import { trustPlatform } from './trustPlatform.ts'

/** What is plugged into this machine, and what it is to its platform. */
export const devices: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, outbox, agentCards } = answering
    const { devices, dataDir, keystoreName } = parts
    const machine: Machine = {
      dataDir,
      keystoreName,
      address: () => platformAddress(context.store.db, parts.platformUrl),
    }
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
      'platform.trust': async (handedOver, { who }) => {
        const trusted = trustPlatform(context, who, handedOver)
        if (!trusted.ok) return trusted
        await outbox.rejoin()
        return ok(viewDevice(context, machine))
      },
      'device.support': (_, { signal }) => writeSupport(answering, signal),
      'reader.setRole': ({ reader, role }, { who }) => {
        const set = setReaderRole(context, who, reader, role)
        // Whose card is in a reader depends on what the reader is for.
        if (set.ok) agentCards.tell()
        return set
      },
    }
  },
}
