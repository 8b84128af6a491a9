import { z } from 'zod'
import { typedNumber } from '../text/shapes.ts'
import { isPlatformAddress } from '../domain/platformAddress.ts'
import { officeSeed } from '../domain/office.ts'
import { platformKeysAnswer } from './heads.ts'
import { account } from './platform.ts'

/** At most so many bytes. */
export const officeFileLimit = 1_000_000

/**
 * What the platform's operator hands to an office for one counter: the payload of a compact JWS (ES256, typ
 * `guichet-office+jwt`) by the newest of its keys. The key's fingerprint is handed over apart, on paper, and typed by
 * the person who takes the file in: that is what the counter knows its platform by from then on.
 */
export const officeFile = z.strictObject({
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  office: officeSeed.omit({ enrolmentCode: true }),
  platform: z.strictObject({
    /** Where it is asked: https, or a loopback address. */
    address: z.string().max(300).refine(isPlatformAddress),
    keys: platformKeysAnswer.shape.keys,
  }),
  /** The one-time code with which the counter introduces itself; absent when it is enrolled already. */
  code: z.string().min(1).max(80).optional(),
  /** Who may sign in before the first feed: an administrator at least. */
  accounts: z.array(account).min(1).max(20),
})
export type OfficeFile = z.infer<typeof officeFile>

/**
 * The file that the platform's operator handed over, and the fingerprint of its key as it was typed from paper: case,
 * gaps and lookalikes do not matter (`plainCode`).
 */
export const officeHandedOver = z.strictObject({
  file: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= officeFileLimit),
  fingerprint: typedNumber(100).min(1),
})
export type OfficeHandedOver = z.infer<typeof officeHandedOver>

/** `typ` of the signed texts of a platform, so that none of them is taken for another. */
export const platformJwsType = {
  head: 'guichet-head+jwt',
  key: 'guichet-key+jwt',
  answers: 'guichet-answers+jwt',
  office: 'guichet-office+jwt',
} as const
