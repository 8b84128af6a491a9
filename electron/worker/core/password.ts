import { hash, verify } from '@node-rs/argon2'
import { argon2Cost } from '../keys/passphrase.ts'

/**
 * The same password as keyboards give it: some put a letter and its accent apart. As it was typed first, since a verifier
 * may have been made of that; nothing else of a password is ever changed.
 */
const formsOf = (password: string): ReadonlySet<string> => new Set([password, password.normalize('NFC')])

/** Whether a password is the one of a verifier (Argon2id in PHC form). */
export async function isRight(verifier: string, password: string): Promise<boolean> {
  for (const form of formsOf(password)) if (await verify(verifier, form)) return true
  return false
}

/** The same work as for a password that is wrong, where there is none, so that the time of an answer tells nothing. */
export async function equalizeTiming(password: string): Promise<false> {
  for (const form of formsOf(password))
    await hash(form, { memoryCost: argon2Cost.memoryKiB, timeCost: argon2Cost.passes, parallelism: argon2Cost.lanes })
  return false
}
