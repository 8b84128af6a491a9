import type { calls } from '#shared/contract/features/trust/calls.ts'
import { ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { noteInstalled } from './noteInstalled.ts'
import { addTrust, examineTrust, listTrust, removeTrust, tellTrust } from './manageTrust.ts'

/** Whose documents are believed here. */
export const trust: Feature<typeof calls> = {
  calls: ({ parts, context }) => {
    const { devices } = parts
    return {
      'trust.list': async () => ok(await listTrust(context, devices.signers)),
      'trust.examine': (file) => examineTrust(devices.signers, file),
      'trust.add': async (file, { who }) => await addTrust(context, who, devices.signers, file),
      'trust.remove': async ({ fingerprints }, { who }) =>
        await removeTrust(context, who, devices.signers, fingerprints),
    }
  },
  background: ({ context, parts, background }) => {
    background.start('trust', () => tellTrust(context, parts.devices.signers))
    background.start('trustInstalled', () => noteInstalled(context, parts.devices))
  },
}
