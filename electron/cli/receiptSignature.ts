import { z } from 'zod'
import { citizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { receiptFacts, type SealClaims } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import { registerNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { readText } from './readInput.ts'

/** What the citizen signed, with the facts that it is about: everything that somebody else needs to check it. */
const signedReceipt = z.strictObject({ signature: citizenSignature, facts: receiptFacts })

/** `guichet receipt signature`: hands out what the citizen signed, to whoever signs in and may read receipts. */
export const signatureCommand: Command = {
  name: 'receipt signature',
  summary: 'what the citizen signed of a deposit, with its facts, for: receipt verify … --signature FILE',
  usage: 'NUMBER [--login LOGIN]',
  options: { login: { type: 'string' } },
  run: async (context): Promise<Result<Said>> => {
    const [number] = context.positionals
    const read = registerNumber.safeParse(number)
    if (!read.success || context.positionals.length > 1) return err(faultOf('call.invalid', 'one number is expected'))
    const [{ openWorker }, { noDevices }] = await Promise.all([import('./openWorker.ts'), import('./noDevices.ts')])
    const worker = await openWorker(context, { devices: noDevices })
    if (!worker.ok) return worker
    try {
      const found = await worker.value.ask('receipt.signature', { number: read.data })
      return found.ok ? ok({ json: found.value, text: JSON.stringify(found.value) }) : found
    } finally {
      await worker.value.close()
    }
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
  const [{ factsDigest }, { statementDigest, verifyCitizenSignature }] = await Promise.all([
    import('#electron/worker/seal/seal.ts'),
    import('#electron/worker/seal/citizenSignature.ts'),
  ])
  const text = await readText(file)
  if (!text.ok) return text
  const parsed = signedReceipt.safeParse(asJson(text.value)).data
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
