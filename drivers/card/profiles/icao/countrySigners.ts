import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { parseCertificate, type ParsedCertificate } from './certificate.ts'
import { parseMasterList } from './masterList.ts'

const certificateFile = /\.(pem|crt|cer|der)$/i
const masterListFile = /\.ml$/i
/** The ICAO master list, the largest, has about 1 MB. */
const sizeLimit = 8 * 1024 * 1024

/**
 * Loads the country signers of a folder: certificates (`.pem` with one or several, `.crt`, `.cer`, `.der`) and master lists
 * (`.ml`). Faults: file.unreadable, naming the file.
 */
export async function loadCountrySigners(folder: string): Promise<Result<readonly ParsedCertificate[]>> {
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) return err(faultOf('file.unreadable', folder))
  const signers: ParsedCertificate[] = []
  for (const name of names.sort()) {
    if (!certificateFile.test(name) && !masterListFile.test(name)) continue
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    const found = bytes === undefined || bytes.length > sizeLimit ? undefined : masterListFile.test(name) ? parseMasterList(bytes) : parseCertificates(bytes)
    if (found === undefined) return err(faultOf('file.unreadable', name))
    signers.push(...found)
  }
  return ok(signers)
}

function parseCertificates(bytes: Uint8Array): ParsedCertificate[] | undefined {
  const blocks = Buffer.from(bytes).toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  const ders = blocks?.map((block) => new Uint8Array(Buffer.from(block.replaceAll(/-----[^-]+-----/g, ''), 'base64'))) ?? [bytes]
  const parsed = ders.flatMap((der) => parseCertificate(der) ?? [])
  return parsed.length === ders.length ? parsed : undefined
}
