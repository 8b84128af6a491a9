import { z } from 'zod'
import { counterId } from '../ids.ts'

/** What this machine is to its platform, and what keeps its key. */
export const deviceView = z.strictObject({
  counter: counterId,
  /** Of the counter's key, in eight groups: both sides show it, people compare it. */
  fingerprint: z.string(),
  /**
   * `none`: nobody introduced it; `entered`: a code waits to be brought to the platform; `pending`: to be approved
   * there.
   */
  state: z.enum(['none', 'entered', 'pending', 'enrolled', 'revoked']),
  /** Whether an address of a platform is set. */
  platform: z.boolean(),
  askedAt: z.iso.datetime().optional(),
  enrolledAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
  /** The last time that the platform answered everything it was asked. */
  lastContactAt: z.iso.datetime().optional(),
  /** What wraps the key of the register, and with it the counter's key inside. */
  keyStore: z.strictObject({ wrap: z.enum(['keystore', 'passphrase']), name: z.string().optional() }),
})
export type DeviceView = z.infer<typeof deviceView>

/** As an administrator types it: case, gaps and lookalikes do not matter (`plainCode`). */
export const typedCode = z.string().trim().min(4).max(80)
