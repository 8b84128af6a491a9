import { X509Certificate } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ParsedCertificate } from './profiles/icao/certificate.ts'

/**
 * The roots an office trusts: certificates, and SHA-256 fingerprints of roots whose certificate the card itself
 * carries.
 */
export interface Trust {
  readonly roots: readonly X509Certificate[]
  /** Lower-case hexadecimal SHA-256 of the DER certificate. */
  readonly pins: ReadonlySet<string>
  /**
   * Country signers of travel and residence documents, loaded when the first such document comes: a master list has
   * hundreds.
   */
  readonly countrySigners?: () => Promise<readonly ParsedCertificate[]>
}

const certificateFile = /\.(pem|crt|cer|der)$/i
const pinFile = /\.pins$/i
const sizeLimit = 256 * 1024

/** A fingerprint as lower-case hexadecimal without colons. */
const fingerprint = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase()

/**
 * Loads a trust folder: certificates (`.pem` with one or several, `.crt`, `.cer`, `.der`) and `.pins` files (one
 * SHA-256
 * fingerprint a line, anything after it is a comment). Faults: file.unreadable, naming the file.
 */
export async function loadTrust(folder: string): Promise<Result<Trust>> {
  const roots: X509Certificate[] = []
  const pins = new Set<string>()
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) return err(faultOf('file.unreadable', folder))
  for (const name of names.sort()) {
    if (!certificateFile.test(name) && !pinFile.test(name)) continue
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    const parsed =
      bytes === undefined || bytes.length > sizeLimit
        ? undefined
        : pinFile.test(name)
          ? parsePins(bytes)
          : parseCertificates(bytes)
    if (parsed === undefined) return err(faultOf('file.unreadable', name))
    for (const entry of parsed) {
      if (typeof entry === 'string') pins.add(entry)
      else roots.push(entry)
    }
  }
  return ok({ roots, pins })
}

function parsePins(bytes: Uint8Array): string[] | undefined {
  const lines = Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const found = lines.map((line) =>
    /^([0-9a-f]{2}:?){31}[0-9a-f]{2}(?=\s|$)/i.exec(line)?.[0].replaceAll(':', '').toLowerCase(),
  )
  return found.every((pin) => pin !== undefined) ? found : undefined
}

function parseCertificates(bytes: Uint8Array): X509Certificate[] | undefined {
  const blocks = Buffer.from(bytes)
    .toString('latin1')
    .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  try {
    return (blocks ?? [bytes]).map((block) => new X509Certificate(block))
  } catch {
    return undefined
  }
}

/** Whether `certificate` was signed by `issuer`, by name and by signature. Never throws: an exotic key is no issuer. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** Whether this very certificate is pinned, as a file or by its fingerprint. */
export const isPinned = (trust: Trust, certificate: X509Certificate): boolean => {
  const own = fingerprint(certificate)
  return trust.pins.has(own) || trust.roots.some((root) => fingerprint(root) === own)
}
