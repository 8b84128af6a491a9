import { createApplet, type VirtualCard } from './applet.ts'
import type { Authority, HashName } from './authority.ts'
import { fileId, writeCardFiles, type Tamper } from './cardFiles.ts'
import type { Person } from './persons.ts'

export interface BelgianCardOptions {
  readonly person: Person
  /** The JPEG file as it goes onto the card. */
  readonly photo: Uint8Array
  /** RSA keys make a card of applet 1.7, elliptic ones of 1.8. */
  readonly authority: Authority
  readonly tamper?: readonly Tamper[]
  readonly photoHash?: HashName
  readonly signatureHash?: HashName
  /** A file that stops three bytes before the end of its content. */
  readonly shortFile?: keyof typeof fileId
}

/** A virtual Belgian eID, signed by a training administration. */
export function createBelgianCard({ person, photo, authority, tamper = [], photoHash, signatureHash, shortFile }: BelgianCardOptions): VirtualCard {
  const files = writeCardFiles(person, photo, authority, { tamper: new Set(tamper), photoHash, signatureHash })
  const cut = shortFile === undefined ? undefined : files.get(fileId[shortFile])
  if (shortFile !== undefined && cut !== undefined) files.set(fileId[shortFile], cut.subarray(0, cut.findLastIndex((byte) => byte !== 0) - 2))
  return createApplet(authority.kind === 'rsa' ? '1.7' : '1.8', files, Buffer.from('534C494E336600139300000000000001', 'hex'))
}
