import { z } from 'zod'
import { citizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { receiptFacts, type SealClaims } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'

/** What the citizen signed, with the facts that it is about: everything that somebody else needs to check it. */
const signedReceipt = z.strictObject({ signature: citizenSignature, facts: receiptFacts })

/** `guichet receipt signature`: hands out what the citizen signed. */
export const signatureCommand: Command = {
  name: 'receipt signature',
  summary: 'what the citizen signed of a deposit, with its facts, for: receipt verify … --signature FILE',
  usage: 'NUMBER',
  run: async (context): Promise<Result<Said>> => {
    const [number] = context.positionals
    if (number === undefined || context.positionals.length > 1)
      return err(faultOf('call.invalid', 'one number is expected'))
    const [{ openRegister }, { findSignature }] = await Promise.all([
      import('./openRegister.ts'),
      import('#electron/worker/core/rows/requests.ts'),
    ])
    const register = await openRegister(context)
    if (!register.ok) return register
    const found = findSignature(register.value.store.db, number)
    register.value.close()
    return found === undefined
      ? err(faultOf('request.unknown', `no signed deposit ${number}`))
      : ok({ json: found, text: JSON.stringify(found) })
  },
}

/** What a signature says beside a seal. */
export interface CheckedSignature {
  readonly signer: string
  readonly scheme: string
  readonly chain: string
}

/**
 * Checks a file of `receipt signature` against a verified seal: the facts are the sealed ones, the signature is over
 * them. Nothing when no
 * file is named. Faults: file.unreadable, seal.malformed (other facts), seal.badSignature (not signed by the
 * certificate in it).
 */
export async function checkSignature(
  { options }: CommandContext,
  claims: SealClaims,
): Promise<Result<CheckedSignature | undefined>> {
  const file = options['signature']
  if (typeof file !== 'string') return ok(undefined)
  const [{ readFile }, { factsDigest }, { statementDigest, verifyCitizenSignature }] = await Promise.all([
    import('node:fs/promises'),
    import('#electron/worker/seal/seal.ts'),
    import('#electron/worker/seal/citizenSignature.ts'),
  ])
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const parsed = text === undefined ? undefined : signedReceipt.safeParse(asJson(text)).data
  if (parsed === undefined) return err(faultOf('file.unreadable', `no signed receipt: ${file}`))
  const { facts, signature } = parsed
  if (factsDigest(facts) !== claims.facts || statementDigest(facts) !== signature.statement)
    return err(faultOf('seal.malformed', 'the signature is of another receipt'))
  const signer = verifyCitizenSignature(signature)
  return signer === undefined
    ? err(faultOf('seal.badSignature', 'signature of the citizen'))
    : ok({ signer: signer.name, scheme: signature.scheme, chain: signature.chain })
}

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
