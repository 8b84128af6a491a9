import type { KeyObject, X509Certificate } from 'node:crypto'
import type { CardSignature } from '#shared/domain/identity/cardSignature.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { selectPath } from '../../apdu/command.ts'
import { exchangeWhole } from '../../apdu/exchangeWhole.ts'
import { exchange } from '../../apdu/readFile.ts'
import { refused, sw } from '../../apdu/response.ts'
import type { ProfileSigner, SigningContext } from '../../profile.ts'
import { isIssuedBy, isPinned, type Trust } from '../../trust.ts'
import { readCardData } from './cardData.ts'
import { files } from './files.ts'
import { verifyPin } from './pin.ts'
import { readEvidence } from './readEvidence.ts'
import { mayNeedRest, withRest } from './rest.ts'
import { toSign, type ToSign } from './schemes.ts'
import { parseCertificate } from './verify.ts'

const keyReference = { authentication: 0x82, signature: 0x83 } as const
const directory = [0x3f00, 0xdf00] as const
/** From this applet on keys and PIN live in DF(BELPIC). */
const ownDirectory = 0x17
const logOff = Uint8Array.of(0x80, 0xe6, 0x00, 0x00)

/**
 * Signatures by the holder of a Belgian eID: MSE SET, VERIFY, PSO:CDS, in this order (Belpic applet manual §5.1.2),
 * then LOGOFF.
 */
export const beEidSigner: ProfileSigner = {
  state: async (channel) => {
    const data = await readCardData(rested(channel))
    return data.ok ? ok(data.value.tries === undefined ? {} : { tries: data.value.tries }) : data
  },
  sign: async (bare, context) => {
    const channel = rested(bare)
    const data = await readCardData(channel)
    if (!data.ok) return data
    const certificate = await readOwnCertificate(channel, context.order.key)
    if (!certificate.ok) return certificate
    const prepared = toSign(context.order.data, certificate.value.publicKey, data.value.applet, context.order.scheme)
    if (prepared === undefined) return err(faultOf('card.cannotSign', 'scheme'))
    const chain = await chainOf(channel, context.trust, certificate.value)
    if (!chain.ok) return chain
    const signature = await signed(channel, context, data.value.applet >= ownDirectory, prepared)
    if (!signature.ok) return signature
    return ok({
      scheme: prepared.scheme,
      signature: Uint8Array.from(signature.value),
      certificate: Uint8Array.from(certificate.value.raw),
      chain: chain.value,
    })
  },
}

const rested = (channel: CardChannel): CardChannel =>
  mayNeedRest(channel.atr) ? withRest(channel, () => true) : channel

async function readOwnCertificate(
  channel: CardChannel,
  key: keyof typeof keyReference,
): Promise<Result<X509Certificate>> {
  const file = await readEvidence(
    channel,
    key === 'signature' ? files.signatureCertificate : files.authenticationCertificate,
  )
  if (!file.ok) return file
  const certificate = parseCertificate(file.value)
  return certificate === undefined || keyOf(certificate) === undefined
    ? err(faultOf('card.cannotSign', 'no certificate'))
    : ok(certificate)
}

const keyOf = (certificate: X509Certificate): KeyObject | undefined => {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

/** The holder's certificate was issued by the authority on the card, and that one by a pinned root. */
async function chainOf(
  channel: CardChannel,
  trust: Trust,
  own: X509Certificate,
): Promise<Result<CardSignature['chain']>> {
  const authorityFile = await readEvidence(channel, files.citizenAuthority)
  if (!authorityFile.ok) return authorityFile
  const authority = parseCertificate(authorityFile.value)
  if (authority === undefined || !authority.ca || !isIssuedBy(own, authority)) return ok('untrusted')
  if (trust.roots.some((root) => isIssuedBy(authority, root))) return ok('trusted')
  const rootFile = await readEvidence(channel, files.rootCertificate)
  if (!rootFile.ok) return rootFile
  const root = parseCertificate(rootFile.value)
  return ok(root !== undefined && isPinned(trust, root) && isIssuedBy(authority, root) ? 'trusted' : 'untrusted')
}

async function signed(
  channel: CardChannel,
  { order, pinpad, onPin }: SigningContext,
  inDirectory: boolean,
  { reference, input }: ToSign,
): Promise<Result<Uint8Array>> {
  const setEnvironment = Uint8Array.of(
    0x00,
    0x22,
    0x41,
    0xb6,
    0x05,
    0x04,
    0x80,
    reference,
    0x84,
    keyReference[order.key],
  )
  for (const command of [...(inDirectory ? [selectPath(directory)] : []), setEnvironment]) {
    const answer = await exchange(channel, command)
    if (!answer.ok) return answer
    if (answer.value.sw !== sw.done)
      return err(answer.value.sw === 0x6a88 ? faultOf('card.cannotSign', 'no key') : refused(answer.value.sw))
  }
  onPin()
  const verified = await verifyPin(channel, order.pin, pinpad)
  if (!verified.ok) return verified
  const answer = await exchangeWhole(channel, Uint8Array.of(0x00, 0x2a, 0x9e, 0x9a, input.length, ...input))
  // Whatever came of it, the card forgets the PIN; that it does not answer to this changes nothing any more.
  await exchange(channel, logOff)
  if (!answer.ok) return answer
  return answer.value.sw === sw.done ? ok(answer.value.data) : err(refused(answer.value.sw))
}
