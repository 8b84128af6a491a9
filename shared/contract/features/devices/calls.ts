import { z } from 'zod'
import { counterId } from '../../../ids.ts'
import { scan, scanReader } from '../../../ports/hidSource.ts'
import { call, none } from '../../call.ts'
import { typedNumber } from '../../../text/shapes.ts'
import { readerInfo, readerRole } from '../../cardEvents.ts'
import { officeHandedOver } from '../../officeFile.ts'

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
  /** Where the platform is; absent when no address is set. */
  address: z.string().optional(),
  /** Fingerprint of the key by which this counter knows its platform; absent when it knows none. */
  platformKey: z.string().optional(),
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
export const typedCode = typedNumber(80).min(4)

/** What is plugged into this machine, and what it is to its platform. */
export const calls = {
  /** This machine towards its platform: its fingerprint, whether it is enrolled, and what keeps its key. */
  'device.show': call('signedIn', none, deviceView),
  /** Introduces it by a one-time code; the answer waits for the platform. */
  'device.enrol': call('administerDevice', z.strictObject({ code: typedCode }), deviceView),
  /** From now on the platform is the one of this office file: its address and its key. Told in the journal. */
  'platform.trust': call('administerDevice', officeHandedOver, deviceView),
  /** One file for support, where the administrator says: logs, versions, settings by name, how the register stands. */
  'device.support': call('administerDevice', none, z.strictObject({ name: z.string() })),
  'reader.list': call('signedIn', none, z.strictObject({ readers: z.array(readerInfo.extend({ role: readerRole })) })),
  'reader.setRole': call('manageAccounts', z.strictObject({ reader: z.string().max(200), role: readerRole }), none),
  /** Scanners answer slowly: SANE asks every backend. */
  'scanner.list': call(
    'signedIn',
    none,
    z.strictObject({ scanners: z.array(z.strictObject({ name: z.string(), description: z.string() })) }),
  ),
  /** Readers of codes and zones that push what they read; wedges are keyboards and not among them. */
  'codeReader.list': call('signedIn', none, z.strictObject({ readers: z.array(scanReader) })),
} as const

/** What is told by itself; each payload is the whole new state, never a difference. */
export const events = {
  /**
   * A reader of codes or zones has read something; only while somebody is signed in. `classifyScan` says what it is.
   */
  scan,
} as const
