import type { calls } from '#shared/contract/features/trust.ts'
import { ok } from '#shared/result.ts'
import type { Feature } from '../../core/feature.ts'
import { afterAct } from '../../core/handlerContext.ts'
import { signedIn } from '../../core/session.ts'
import { addTrust, examineTrust, listTrust, removeTrust, tellTrust } from './manageTrust.ts'

/** Whose documents are believed here. */
export const trust: Feature<typeof calls> = {
  calls: (answering) => {
    const { parts, context, session } = answering
    const { devices } = parts
    return {
      'trust.list': async () => ok(await listTrust(context, devices.signers)),
      'trust.examine': (file) => examineTrust(devices.signers, file),
      'trust.add': async (file) =>
        afterAct(answering, await addTrust(context, signedIn(session), devices.signers, file)),
      'trust.remove': async ({ fingerprints }) =>
        afterAct(answering, await removeTrust(context, signedIn(session), devices.signers, fingerprints)),
    }
  },
  background: ({ context, parts, background }) => {
    background.start('trust', () => tellTrust(context, parts.devices.signers))
  },
}
