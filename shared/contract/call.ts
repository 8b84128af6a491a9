import { z } from 'zod'
import { pinBytes } from '../domain/identity/cardSignature.ts'
import type { Permission } from '../domain/roles.ts'
import { commandId, registerNumber, requestId } from '../ids.ts'
import { cleanNumber } from '../text/incoming.ts'
import { line, prose } from '../text/shapes.ts'

/** Who may call: anyone at the login screen, anyone signed in, or a holder of one permission. */
export type Access = 'public' | 'signedIn' | Permission

/** One call: who may make it, and the shapes of its question and of its answer. */
export const call = <I extends z.ZodType, O extends z.ZodType, A extends Access>(access: A, input: I, output: O) =>
  ({ access, input, output }) as const

/** Nothing is asked, or nothing is answered. */
export const none = z.strictObject({})
export const bytes = z.instanceof(Uint8Array)
export const login = line(80).min(1)
/** A password is taken as it was typed: what it is compared with decides in which forms it is tried. */
export const credentials = z.strictObject({ login, password: z.string().min(1).max(512) })
/**
 * With the PIN of the agent's card where it is bound by one: ASCII digits, wiped at once; absent where the reader has
 * keys of its own.
 */
export const proof = credentials.extend({ pin: pinBytes.optional() })
/** What a refused act is put right by: `commandId` is made by the caller, `act` is the id of the refused one. */
export const repair = { commandId, act: z.uuid(), reason: prose(300).min(3) }
/** A register number as it is typed or scanned, with any digits and hyphens of a keyboard. */
export const typedRegisterNumber = z.string().max(80).overwrite(cleanNumber).pipe(registerNumber)
/** The requests that concern a person. */
export const files = z.array(requestId).min(1).max(200)
