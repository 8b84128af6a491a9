import { sign } from 'node:crypto'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { signedText, type CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { sha256Hex, type Sha256 } from '#shared/ids.ts'
import { cardDay } from './cards.ts'

/** What a citizen's card makes of a statement; the citizen and the administration are synthetic. */
export async function aSignedStatement(
  statement: Sha256 = sha256Hex.parse('5a'.repeat(32)),
  nationalNumber = '84060600173',
): Promise<CitizenSignature> {
  const authority = await createAuthority('ec', cardDay)
  const { privateKey, publicKey } = authority.holderKeys.signature
  return {
    statement,
    scheme: 'ecdsa-sha384',
    chain: 'trusted',
    signature: sign('sha384', signedText(statement), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64'),
    certificate: Buffer.from(authority.certify('Anaïs Zoë Spécimen (Signature)', nationalNumber, publicKey)).toString(
      'base64',
    ),
  }
}
