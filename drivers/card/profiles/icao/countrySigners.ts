import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ParsedCertificate } from './certificate.ts'
import { parseSignerFile } from './signerFile.ts'

const signerFile = /\.(pem|crt|cer|der|ml|ldif)$/i

/**
 * Loads the country signers of a folder: certificates (`.pem` with one or several, `.crt`, `.cer`, `.der`), master
 * lists (`.ml`) and LDIF.
 * What whoever installed the program put there counts, whoever signed a list; only one that was altered does not.
 * Faults:
 * file.unreadable, naming the file.
 */
export async function loadCountrySigners(folder: string): Promise<Result<readonly ParsedCertificate[]>> {
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) return err(faultOf('file.unreadable', folder))
  const signers: ParsedCertificate[] = []
  for (const name of names.filter((one) => signerFile.test(one)).sort()) {
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    const found = bytes === undefined ? undefined : parseSignerFile(bytes)
    if (found === undefined || found.lists.some(({ signature }) => signature !== 'valid'))
      return err(faultOf('file.unreadable', name))
    signers.push(...found.certificates, ...found.lists.flatMap((list) => list.signers))
  }
  return ok(signers)
}
