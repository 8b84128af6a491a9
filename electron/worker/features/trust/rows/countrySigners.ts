import type { CountrySigner, HeldSigner } from '#shared/domain/identity/countrySigner.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { ReadHandle, WriteHandle } from '../../../store/handle.ts'

interface Row {
  fingerprint: Sha256
  country: string
  subject: string
  valid_from: string
  valid_until: string
  file: string
  added_at: string
  added_by: string
}

const signerOf = (row: Row): HeldSigner => ({
  fingerprint: row.fingerprint,
  country: row.country,
  subject: row.subject,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
  added: { file: row.file, at: row.added_at, by: row.added_by },
})

const columns = 'fingerprint, country, subject, valid_from, valid_until, file, added_at, added_by'

/** Every country signer that was added here, by country, the one that lasts longest first. */
export const allSigners = (db: ReadHandle): readonly HeldSigner[] =>
  db.all<Row>(`SELECT ${columns} FROM country_signers ORDER BY country, valid_until DESC, fingerprint`).map(signerOf)

/** The same as DER certificates. */
export const signerCertificates = (db: ReadHandle): readonly Uint8Array[] =>
  db.all<{ der: Uint8Array }>('SELECT der FROM country_signers ORDER BY fingerprint').map(({ der }) => der)

/** Adds one; false when it is here already. */
export const insertSigner = (
  db: WriteHandle,
  signer: CountrySigner & { readonly der: Uint8Array },
  added: { readonly file: string; readonly at: string; readonly by: string },
): boolean =>
  db.run(`INSERT OR IGNORE INTO country_signers (${columns}, der) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    signer.fingerprint,
    signer.country,
    signer.subject,
    signer.validFrom,
    signer.validUntil,
    added.file,
    added.at,
    added.by,
    signer.der,
  ]) > 0

/** Takes one away; its country, nothing when it was not here. */
export const deleteSigner = (db: WriteHandle, fingerprint: Sha256): string | undefined =>
  db.get<{ country: string }>('DELETE FROM country_signers WHERE fingerprint = ? RETURNING country', [fingerprint])
    ?.country
