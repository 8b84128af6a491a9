import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { ok } from '#shared/result.ts'
import { afterAct, type Answering } from '../../core/handlerContext.ts'
import { signedIn } from '../../core/session.ts'
import { readReaderRoles } from '../../core/desk/agentCards.ts'
import { enrolDevice, viewDevice, type Machine } from './enrolDevice.ts'
import { addTrust, examineTrust, listTrust, removeTrust } from '../trust/manageTrust.ts'

type DeviceCall =
  | 'reader.list'
  | 'codeReader.list'
  | 'scanner.list'
  | 'device.show'
  | 'device.enrol'
  | 'trust.list'
  | 'trust.examine'
  | 'trust.add'
  | 'trust.remove'

/** What is plugged into this machine, what it is to its platform, and whose documents it believes. */
export function deviceHandlers(answering: Answering): Pick<Handlers<Calls>, DeviceCall> {
  const { parts, context, session, outbox } = answering
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
    'device.enrol': async ({ code }) =>
      afterAct(answering, await enrolDevice(context, signedIn(session), code, { outbox, machine })),

    'trust.list': async () => ok(await listTrust(context, devices.signers)),
    'trust.examine': (file) => examineTrust(devices.signers, file),
    'trust.add': async (file) => afterAct(answering, await addTrust(context, signedIn(session), devices.signers, file)),
    'trust.remove': async ({ fingerprints }) =>
      afterAct(answering, await removeTrust(context, signedIn(session), devices.signers, fingerprints)),
  }
}
