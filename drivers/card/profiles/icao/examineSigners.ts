import { setImmediate } from 'node:timers/promises'
import { ExtendedKeyUsage, id_ce_extKeyUsage } from '@peculiar/asn1-x509'
import { AsnConvert } from '@peculiar/asn1-schema'
import type { ExaminedList, RefusedSigner, SignerRefusal } from '#shared/domain/identity/countrySigner.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { ExaminedFile } from '#shared/ports/countrySigners.ts'
import { err, ok, type Result } from '#shared/result.ts'
import {
  authorityKeyId,
  isAuthority,
  isIssuedBy,
  subjectKeyId,
  wasValidAt,
  type ParsedCertificate,
} from './certificate.ts'
import { countryOf, describeSigner, fingerprintOf, subjectText } from './countrySigner.ts'
import type { MasterList } from './masterList.ts'
import { isSameName } from './names.ts'
import { parseSignerFile } from './signerFile.ts'
import { chainVerdict } from './signedContent.ts'

// id-icao-cscaMasterListSigningKey (Doc 9303-12 §7.1): a document signer, which is less guarded, may not sign a list.
const listSigning = '2.23.136.1.1.3'

interface Known {
  /** Country signers that are believed now. */
  readonly believed: readonly ParsedCertificate[]
  /** Fingerprints of list signers that a person compared. */
  readonly compared: readonly Sha256[]
  readonly now: Date
}

/**
 * What a file of country signers holds, and what of it may be believed. A certificate has to be an authority's, of a
 * country, valid today, and
 * signed by itself or by one that is believed or comes with it (a link certificate); a list has to be signed by
 * somebody who is believed or
 * was compared. Checks a certificate at a time and lets the process breathe between two. Faults: trust.notSigners.
 */
export async function examineSigners(bytes: Uint8Array, known: Known): Promise<Result<ExaminedFile>> {
  const file = parseSignerFile(bytes)
  if (file === undefined) return err(faultOf('trust.notSigners'))
  const lists = file.lists.map((list) => examineList(list, known))
  const accepted = file.lists.filter(
    (_, index) => lists[index]?.standing === 'believed' || lists[index]?.standing === 'compared',
  )
  const found = new Map(
    [...file.certificates, ...accepted.flatMap(({ signers }) => signers)].map((one) => [fingerprintOf(one), one]),
  )
  const held = new Set(known.believed.map(fingerprintOf))
  const news = [...found].filter(([fingerprint]) => !held.has(fingerprint))

  const refused: RefusedSigner[] = []
  const refuse = (certificate: ParsedCertificate, reason: SignerRefusal): void => {
    const country = countryOf(certificate)
    refused.push({
      fingerprint: fingerprintOf(certificate),
      subject: subjectText(certificate),
      reason,
      ...(country === undefined ? {} : { country }),
    })
  }
  const taken: ParsedCertificate[] = []
  let linked: ParsedCertificate[] = []
  for (const [, certificate] of news) {
    const reason = plainRefusal(certificate, known.now)
    if (reason !== undefined) refuse(certificate, reason)
    else if (isIssuedBy(certificate, certificate)) taken.push(certificate)
    else linked.push(certificate)
    await setImmediate()
  }
  // A link may hang on another link: as long as one more finds its issuer, those that are left are asked again.
  for (let before = -1; before !== taken.length;) {
    before = taken.length
    const left: ParsedCertificate[] = []
    for (const certificate of linked) {
      if ([...known.believed, ...taken].some((issuer) => isIssuedBy(certificate, issuer))) taken.push(certificate)
      else left.push(certificate)
      await setImmediate()
    }
    linked = left
  }
  for (const certificate of linked) refuse(certificate, saysItself(certificate) ? 'badSignature' : 'noIssuer')
  const signers = taken.flatMap((certificate) => {
    const described = describeSigner(certificate)
    return described === undefined ? [] : [{ ...described, der: new Uint8Array(certificate.der) }]
  })
  return ok({ lists, signers, known: found.size - news.length, refused })
}

/** What is wrong with a certificate whoever signed it. */
function plainRefusal(certificate: ParsedCertificate, now: Date): SignerRefusal | undefined {
  if (!isAuthority(certificate)) return 'notAuthority'
  if (countryOf(certificate) === undefined) return 'noCountry'
  if (wasValidAt(certificate, now)) return undefined
  return certificate.validUntil < now ? 'expired' : 'notYetValid'
}

/** Whether it claims to have signed itself: a new key under an old name says so by the identifier of the old one. */
function saysItself(certificate: ParsedCertificate): boolean {
  const [by, own] = [authorityKeyId(certificate), subjectKeyId(certificate)]
  return (
    isSameName(certificate.issuer, certificate.subject) && (by === undefined || own === undefined || own.equals(by))
  )
}

/** Who signed a list, and whether its word counts. */
function examineList(list: MasterList, { believed, compared, now }: Known): ExaminedList {
  const { signer, signature, signedAt } = list
  const above =
    signer === undefined
      ? undefined
      : ([...list.certificates, ...list.signers].find(
          (one) => one !== signer && isAuthority(one) && isIssuedBy(signer, one),
        ) ?? signer)
  const fingerprint = above === undefined ? undefined : fingerprintOf(above)
  const isBelieved = signer !== undefined && maySignLists(signer) && chainVerdict(list, believed, now) === 'trusted'
  const standing =
    signature !== 'valid' || fingerprint === undefined
      ? 'altered'
      : isBelieved
        ? 'believed'
        : compared.includes(fingerprint)
          ? 'compared'
          : 'unknown'
  return {
    standing,
    subject: signer === undefined ? '' : subjectText(signer),
    certificates: list.signers.length,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(signedAt === undefined ? {} : { signedAt: signedAt.toISOString() }),
  }
}

function maySignLists({ certificate }: ParsedCertificate): boolean {
  const extension = certificate.tbsCertificate.extensions?.find((one) => one.extnID === id_ce_extKeyUsage)
  try {
    return extension !== undefined && AsnConvert.parse(extension.extnValue, ExtendedKeyUsage).includes(listSigning)
  } catch {
    return false
  }
}
