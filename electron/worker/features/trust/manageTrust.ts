import { createHash } from 'node:crypto'
import type { Examination, HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { CountrySigners, ExaminedFile } from '#shared/ports/countrySigners.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { allSigners, deleteSigner, insertSigner, signerCertificates } from './rows/countrySigners.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/**
 * A file as an administrator hands it in. `compared`: fingerprints of list signers that he compared with the published
 * ones.
 */
export interface HandedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly compared: readonly Sha256[]
}

/**
 * Whose documents this counter believes: those added here, then those installed with the program; `fault` when the
 * latter cannot be told.
 */
export async function listTrust(
  { store }: Pick<Context, 'store'>,
  signers: CountrySigners,
): Promise<{ readonly signers: HeldSigner[]; readonly fault?: Fault }> {
  const added = allSigners(store.db)
  const held = new Set(added.map((one) => one.fingerprint))
  const installed = await signers.installed()
  return installed.ok
    ? { signers: [...added, ...installed.value.filter((one) => !held.has(one.fingerprint))] }
    : { signers: [...added], fault: installed.fault }
}

/** What a file would bring; nothing is changed. Faults: those of `CountrySigners.examine`. */
export async function examineTrust(
  signers: CountrySigners,
  file: Pick<HandedFile, 'bytes' | 'compared'>,
): Promise<Result<Examination>> {
  const found = await signers.examine(file)
  return found.ok ? ok(withoutBytes(found.value)) : found
}

/**
 * Adds what a file brings that may be believed: one link in the journal for all of it, and the next card is checked
 * against it.
 * Faults: those of `CountrySigners.examine` and of `Tx`.
 */
export async function addTrust(
  context: Context,
  who: SignedIn,
  signers: CountrySigners,
  file: HandedFile,
): Promise<Result<Examination>> {
  const found = await signers.examine(file)
  if (!found.ok) return found
  const kept = context.store.tx((db) => {
    const moment = context.journal.moment()
    const added = { file: file.name, at: moment.at, by: who.code }
    const certificates: Record<string, string[]> = {}
    for (const signer of found.value.signers)
      if (insertSigner(db, signer, added)) (certificates[signer.country] ??= []).push(signer.fingerprint)
    if (Object.keys(certificates).length === 0) return ok(undefined)
    const compared = found.value.lists.flatMap((list) =>
      list.standing === 'compared' && list.fingerprint !== undefined ? [list.fingerprint] : [],
    )
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    context.journal.append(
      db,
      {
        actor: who.code,
        kind: 'trust.added',
        subject: sha256,
        body: { certificates, ...(compared.length === 0 ? {} : { compared }) },
      },
      moment,
    )
    return ok(undefined)
  })
  if (!kept.ok) return kept
  await tellTrust(context, signers)
  return ok(withoutBytes(found.value))
}

/**
 * Takes signers away, each with its link in the journal. Faults: trust.unknown (one of them was not added here: none is
 * removed), those of `Tx`.
 */
export async function removeTrust(
  context: Context,
  who: SignedIn,
  signers: CountrySigners,
  fingerprints: readonly Sha256[],
): Promise<Result<{ removed: number }>> {
  const removed = context.store.tx((db) => {
    for (const fingerprint of new Set(fingerprints)) {
      const country = deleteSigner(db, fingerprint)
      if (country === undefined) return err(faultOf('trust.unknown', fingerprint))
      context.journal.append(db, { actor: who.code, kind: 'trust.removed', subject: fingerprint, body: { country } })
    }
    return ok({ removed: new Set(fingerprints).size })
  })
  if (removed.ok) await tellTrust(context, signers)
  return removed
}

/** Tells where cards are read whom the register believes. A devices host that is down hears it when it is back. */
export const tellTrust = async ({ store }: Pick<Context, 'store'>, signers: CountrySigners): Promise<void> => {
  await signers.believe(signerCertificates(store.db))
}

const withoutBytes = ({ signers, ...rest }: ExaminedFile): Examination => ({
  ...rest,
  signers: signers.map(({ der: _, ...signer }) => signer),
})
