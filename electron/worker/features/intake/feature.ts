import type { calls } from '#shared/contract/features/intake/calls.ts'
import type { Feature } from '../../core/feature.ts'
import { depositCalls } from './depositCalls.ts'
import { deskCalls } from './deskCalls.ts'
import { signCalls } from './signCalls.ts'

/** One citizen at the desk: who is there, what he signs, and his deposit from the sheet to the sealed receipt. */
export const intake: Feature<typeof calls> = {
  calls: (answering) => ({ ...deskCalls(answering), ...signCalls(answering), ...depositCalls(answering) }),
}
