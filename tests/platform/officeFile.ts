import { codeRequest, type Account } from '#shared/contract/platform.ts'
import {
  officeFile,
  officeFileLimit,
  platformJwsType,
  type OfficeFile,
  type OfficeHandedOver,
} from '#shared/contract/officeFile.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import type { CounterId } from '#shared/ids.ts'
import type { Database } from './database.ts'
import { noteDecision } from './decisions.ts'
import { makeCode } from './enrol.ts'
import { publishedKeys } from './heads.ts'
import type { Secrets } from './secrets.ts'

export interface OfficeWanted {
  readonly counter: CounterId
  /** The seed of its office, without a code; the counter in it is replaced by this one. */
  readonly office: OfficeFile['office']
  /** Who may sign in before the first feed: an administrator at least, at most 20. */
  readonly accounts: readonly Account[]
  /** Where counters ask this platform. */
  readonly address: string
  /** How long the one-time code holds, in seconds; absent: no code, for a counter that is enrolled already. */
  readonly codeSeconds?: number | undefined
}

/** What is wrong with an office that a file was wanted for, in words for the operator. */
export class NoOffice extends Error {}

/**
 * Makes the file with which a counter begins, and a one-time code for it, noted as the operator's decision.
 * @returns the file, a compact JWS in ASCII, and the fingerprint of the key that signed it: for the paper, never beside
 *   the file
 * @throws NoOffice when the office is another one, nobody could administer the counter, or the file had another shape
 */
export async function makeOfficeFile(
  { database, secrets }: { readonly database: Database; readonly secrets: Secrets },
  { counter, office, accounts, address, codeSeconds }: OfficeWanted,
): Promise<OfficeHandedOver & { readonly expiresAt?: string }> {
  const [of, place] = counter.split('-')
  if (office.code !== of) throw new NoOffice(`the office is ${office.code}, the counter is ${counter}`)
  if (!accounts.some((one) => one.roles.includes('administrator'))) throw new NoOffice('none of them administers')
  await secrets.follow()
  const ofPlatform = (): OfficeFile['platform'] => ({ address, ...publishedKeys(secrets) })
  const plain = officeFile.safeParse({
    version: 1,
    madeAt: new Date().toISOString(),
    office: { ...office, counter: place },
    platform: ofPlatform(),
    accounts,
  })
  const asked =
    codeSeconds === undefined ? undefined : codeRequest.safeParse({ counterId: counter, seconds: codeSeconds })
  if (!plain.success || asked?.success === false)
    throw new NoOffice(
      (plain.error ?? asked?.error)?.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '),
    )
  const made =
    asked === undefined
      ? undefined
      : await database.transaction(async (session) => {
          const code = await makeCode(session, counter, asked.data.seconds)
          await noteDecision(session, { counter, what: 'code', subject: code.expiresAt })
          return code
        })
  // The keys may have been followed by another meanwhile: the file holds the one that signs it.
  const signed = secrets.signText(platformJwsType.office, {
    ...plain.data,
    platform: ofPlatform(),
    ...(made === undefined ? {} : { code: made.code }),
  })
  const file = new TextEncoder().encode(signed)
  if (file.byteLength > officeFileLimit) throw new NoOffice(`more than ${String(officeFileLimit)} bytes`)
  return {
    file,
    fingerprint: fingerprintOf(secrets.keys()[0]?.kid ?? ''),
    ...(made === undefined ? {} : { expiresAt: made.expiresAt }),
  }
}
