import { createHash } from 'node:crypto'
import type { Photo } from '#shared/domain/identity/identity.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { selectApplication, selectPath } from '../../apdu/command.ts'
import { exchange, readFile, readSelected } from '../../apdu/readFile.ts'
import { sw } from '../../apdu/response.ts'
import { jpegSize } from '../../jpeg.ts'
import type { CardContent, CardProfile, ProfileContext } from '../../profile.ts'
import { anotherCard } from '../../transport.ts'
import { proveBelgianChip } from './chip.ts'
import { belpicAid, files } from './files.ts'
import { parseAddressFile, parseIdentityFile, type IdentityFile } from './identityFile.ts'
import { readNationalNumber } from './nationalNumber.ts'
import { readEvidence } from './readEvidence.ts'
import { mayNeedRest, withRest } from './rest.ts'
import { beEidSigner } from './sign.ts'
import {
  checkChain,
  checkPhoto,
  checkSignature,
  isIssuedByPinnedRoot,
  parseCertificate,
  registerKey,
  signedAddress,
} from './verify.ts'

/**
 * The Belgian eID, applets 1.0 to 1.8. The applet is selected by default after a reset, so selecting the identity file
 * is
 * also the probe; only when that fails is the applet named.
 */
export const beEid: CardProfile = {
  name: 'be-eid',
  recognise: async (channel) => {
    const probed = await probe(channel)
    return probed.ok ? ok(probed.value ? (context) => read(channel, context) : undefined) : probed
  },
  signer: beEidSigner,
}

const notChecked = { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' } as const
/** identity, address; photo; register certificate, two signatures, root, and from applet 1.8 on the key of the chip. */
const fileCount = 8
/** Cards that have their photo hashed by SHA-1 may be of the first applets; all later ones are not. */
const sha1Length = 20

async function probe(channel: CardChannel): Promise<Result<boolean>> {
  const selectIdentity = selectPath(files.identity.path)
  const first = await exchange(channel, selectIdentity)
  if (!first.ok) return first
  if (first.value.sw === sw.done) return ok(true)
  const named = await exchange(channel, selectApplication(belpicAid))
  if (!named.ok) return named
  if (named.value.sw !== sw.done) return ok(false)
  const second = await exchange(channel, selectIdentity)
  return second.ok ? ok(second.value.sw === sw.done) : second
}

async function read(bare: CardChannel, context: ProfileContext): Promise<Result<CardContent>> {
  let mayBeOld = mayNeedRest(bare.atr)
  const channel = withRest(bare, () => mayBeOld)
  const first = await readOnce(channel, context, (short) => (mayBeOld &&= short))
  if (!first.ok || !hasInvalid(first.value.content)) return first.ok ? ok(first.value.content) : first
  // One bent answer is no verdict: what does not hold is read once more, and that counts.
  const second = await readOnce(channel, { ...context, onContent: () => undefined }, undefined)
  if (!second.ok) return second
  const same = Buffer.compare(first.value.identityFile, second.value.identityFile) === 0
  return same ? ok(second.value.content) : err(faultOf('card.removed', anotherCard))
}

const hasInvalid = ({ checks }: CardContent): boolean => Object.values(checks).includes('invalid')

interface Whole {
  readonly content: CardContent
  readonly identityFile: Uint8Array
}

/**
 * Reads the card once from its identity file on.
 * @param onHash told whether the photo's hash is as short as on the first cards; absent when the file is not selected yet
 */
async function readOnce(
  channel: CardChannel,
  context: ProfileContext,
  onHash: ((short: boolean) => void) | undefined,
): Promise<Result<Whole>> {
  const step = (name: 'identity' | 'photo' | 'proof', done: number): void => {
    context.onStep(name, done, fileCount)
  }
  step('identity', 0)
  const identityFile = await (onHash === undefined
    ? readFile(channel, files.identity)
    : readSelected(channel, files.identity))
  if (!identityFile.ok) return identityFile
  if (identityFile.value === undefined) return err(faultOf('card.removed', anotherCard))
  const parsed = parseIdentityFile(identityFile.value)
  if (!parsed.ok) return parsed
  if (parsed.value.details.name === undefined) return err(faultOf('card.malformed', 'identity file without a name'))
  const { photoHash, basicKeyHash } = parsed.value
  onHash?.(photoHash?.length === sha1Length)
  step('identity', 1)
  const addressFile = await readFile(channel, files.address)
  if (!addressFile.ok) return addressFile
  const address = addressFile.value === undefined ? ok(undefined) : parseAddressFile(addressFile.value)
  if (!address.ok) return address
  const identity = { ...parsed.value.identity, ...(address.value === undefined ? {} : { address: address.value }) }
  context.onContent('identity', { identity, checks: notChecked })

  step('photo', 2)
  const isWholePhoto = (bytes: Uint8Array): boolean => bytes.length > 0 && checkPhoto(bytes, photoHash) === 'valid'
  const photoFile = await readEvidence(channel, {
    ...files.photo,
    extent: (bytes) => (isWholePhoto(bytes) ? { exactly: bytes.length } : undefined),
  })
  if (!photoFile.ok) return photoFile
  const photo = photoOf(photoFile.value)
  const content = { identity, ...(photo === undefined ? {} : { photo }) }
  context.onContent('photo', { ...content, checks: notChecked })

  const proof = await readProof(channel, context, step, photoHash?.length ?? 0)
  if (!proof.ok) return proof
  const { register, identitySignature, addressSignature, chain } = proof.value
  if (basicKeyHash !== undefined) step('proof', 7)
  const chip = basicKeyHash === undefined ? undefined : await proveBelgianChip(channel, basicKeyHash)
  if (chip?.ok === false) return chip
  step('proof', fileCount)
  const signed =
    addressFile.value === undefined || identitySignature === undefined
      ? undefined
      : signedAddress(addressFile.value, identitySignature)
  const checks = {
    identity: checkSignature(register, identityFile.value, identitySignature),
    address: checkSignature(register, signed, addressSignature),
    photo: checkPhoto(photoFile.value, photoHash),
    chain,
    ...(chip === undefined ? {} : { chip: chip.value.verdict }),
  }
  const one = await isOneCard(channel, identityFile.value, Object.values(checks))
  if (!one.ok) return one
  return ok({
    identityFile: identityFile.value,
    content: {
      ...content,
      checks,
      details: detailsOf(parsed.value),
      ...(chip?.value.key === undefined ? {} : { chipKey: chip.value.key }),
    },
  })
}

/** The certificate comes first: its key tells how long the signatures are, which saves asking the card. */
async function readProof(
  channel: CardChannel,
  { trust }: ProfileContext,
  step: (name: 'proof', done: number) => void,
  photoHashLength: number,
) {
  step('proof', 3)
  const certificateFile = await readEvidence(channel, files.registerCertificate)
  if (!certificateFile.ok) return certificateFile
  const certificate = parseCertificate(certificateFile.value)
  const register = certificate === undefined ? undefined : registerKey(certificate, photoHashLength)
  if (certificate === undefined || register === undefined) {
    return ok({
      register: undefined,
      identitySignature: undefined,
      addressSignature: undefined,
      chain: checkChain(trust, certificate, undefined),
    })
  }
  step('proof', 4)
  const identitySignature = await readEvidence(channel, { ...files.identitySignature, extent: register.fileExtent })
  if (!identitySignature.ok) return identitySignature
  step('proof', 5)
  const addressSignature = await readEvidence(channel, { ...files.addressSignature, extent: register.signatureExtent })
  if (!addressSignature.ok) return addressSignature
  step('proof', 6)
  const rootFile = isIssuedByPinnedRoot(trust, certificate)
    ? ok(undefined)
    : await readEvidence(channel, files.rootCertificate)
  if (!rootFile.ok) return rootFile
  const chain = checkChain(trust, certificate, parseCertificate(rootFile.value))
  return ok({ register, identitySignature: identitySignature.value, addressSignature: addressSignature.value, chain })
}

/**
 * The signatures tie photo, address and chip to the identity. Where one of them does not hold, the reader may have
 * missed that the
 * card was exchanged for another: the identity is compared once more. Fault: card.removed.
 */
async function isOneCard(
  channel: CardChannel,
  identityFile: Uint8Array,
  verdicts: readonly string[],
): Promise<Result<void>> {
  if (verdicts.every((verdict) => verdict === 'valid' || verdict === 'trusted' || verdict === 'untrusted'))
    return ok(undefined)
  const again = await readFile(channel, files.identity)
  if (!again.ok) return again
  const same = again.value !== undefined && Buffer.compare(again.value, identityFile) === 0
  return same ? ok(undefined) : err(faultOf('card.removed', anotherCard))
}

/** Fields by their names, those of a later layout by their tags, and of what kind the national number is. */
const detailsOf = ({ details, unknown }: IdentityFile): Readonly<Record<string, string>> => ({
  ...details,
  ...kindOf(details.nationalNumber),
  ...Object.fromEntries(unknown.map(({ tag, hex }) => [`tag ${tag.toString(16).toUpperCase().padStart(2, '0')}`, hex])),
})

const kindOf = (text = ''): Readonly<Record<string, string>> => {
  const number = readNationalNumber(text)
  return number === undefined
    ? {}
    : { nationalNumberKind: number.checked ? number.kind : `${number.kind}, check digits do not fit` }
}

/** A photo that is no JPEG is not shown; its hash is checked all the same. */
function photoOf(file: Uint8Array<ArrayBuffer> | undefined): Photo | undefined {
  const size = file === undefined ? undefined : jpegSize(file)
  if (file === undefined || size === undefined) return undefined
  return { mime: 'image/jpeg', ...size, sha256: createHash('sha256').update(file).digest('hex'), bytes: file }
}
