import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { ok } from '#shared/result.ts'
import type { Answering } from './handlers.ts'
import { signedIn } from './session.ts'
import { addTrust, examineTrust, listTrust, removeTrust } from './usecases/manageTrust.ts'

type TrustCall = 'trust.list' | 'trust.examine' | 'trust.add' | 'trust.remove'

/** The countries whose documents this counter believes. */
export function trustHandlers({ parts: { devices: { signers } }, context, session, committed }: Pick<Answering, 'parts' | 'context' | 'session' | 'committed'>): Pick<Handlers<Calls>, TrustCall> {
  return {
    'trust.list': async () => ok(await listTrust(context, signers)),
    'trust.examine': (file) => examineTrust(signers, file),
    'trust.add': async (file) => {
      const added = await addTrust(context, signedIn(session), signers, file)
      if (added.ok) committed()
      return added
    },
    'trust.remove': async ({ fingerprints }) => {
      const removed = await removeTrust(context, signedIn(session), signers, fingerprints)
      if (removed.ok) committed()
      return removed
    },
  }
}
