import type { Out } from '#shared/contract/calls.ts'
import { signedText } from '#shared/domain/identity/citizenSignature.ts'
import { faultOf } from '#shared/fault.ts'
import type { CardSigner } from '#shared/ports/cardSigner.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { cleanNumber } from '#shared/text/incoming.ts'
import { isSignedBy, signerOf, statementDigest } from '../../seal/citizenSignature.ts'
import { buildDeposit, type Asked } from '../../core/deposit/buildDeposit.ts'
import type { CitizenDesk } from '../../core/desk/citizen.ts'
import type { Context } from '../../core/context.ts'

/**
 * Lets the citizen sign what the receipt will say, with the card that he was read from. The PIN is overwritten whatever
 * comes of it.
 * Faults: procedure.unknown, request.invalid, card.cannotSign (the identity is not from a card), signature.otherPerson,
 * card.malformed (the
 * signature does not verify), identity.gone (he left meanwhile), and those of `CardSigner.sign`.
 */
export async function signDeposit(
  context: Context,
  cards: Pick<CardSigner, 'sign'>,
  desk: Pick<CitizenDesk, 'keepSignature'>,
  asked: Asked & { readonly pin?: Uint8Array<ArrayBuffer> | undefined; readonly signal: AbortSignal },
): Promise<Result<Out<'card.sign'>>> {
  const { citizen, pin, signal } = asked
  try {
    const built = buildDeposit(context, asked, context.clock.now().toISOString())
    if (!built.ok) return built
    if (citizen.source.kind !== 'card') return err(faultOf('card.cannotSign', 'identity'))
    const statement = statementDigest(built.value)
    const data = signedText(statement)
    const signed = await cards.sign({
      reader: citizen.source.reader,
      key: 'signature',
      data,
      signal,
      ...(pin === undefined ? {} : { pin }),
    })
    if (!signed.ok) return signed
    const signer = signerOf(signed.value.certificate)
    if (signer === undefined || !isSignedBy(signer.key, signed.value.scheme, data, signed.value.signature))
      return err(faultOf('card.malformed', 'signature'))
    // The card may have been exchanged since it was read.
    if (signer.number !== undefined && cleanNumber(signer.number) !== citizen.identity.nationalNumber)
      return err(faultOf('signature.otherPerson'))
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    const { scheme, chain } = signed.value
    const kept = desk.keepSignature(citizen.identityId, {
      statement,
      scheme,
      signature: base64(signed.value.signature),
      certificate: base64(signed.value.certificate),
      chain,
    })
    return kept ? ok({ statement, signer: signer.name, chain }) : err(faultOf('identity.gone'))
  } finally {
    pin?.fill(0)
  }
}
