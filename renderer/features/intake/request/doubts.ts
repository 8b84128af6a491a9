import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { badgesOf } from '../citizen/verdicts.ts'
import { ageOn } from '../citizen/partialDates.ts'

/** What an agent is told before he records, beside the pieces that are missing. */
export type Doubt = 'nothingReceived' | 'forged' | 'notAuthentic' | 'address' | 'expired' | 'minor' | 'stamp'

/** Doubts over which nobody records without having been asked once. */
const asked: readonly Doubt[] = ['nothingReceived', 'forged', 'notAuthentic', 'minor']
/** Those that want a reason in the agent's own words, kept with the act. */
const reasoned: readonly Doubt[] = ['forged', 'notAuthentic']

/** Full age in Morocco, in years: Family Code (law 70-03), article 209. */
const fullAge = 18

/** What is doubtful about recording this request of this citizen on a day (ISO), gravest first. */
export function doubtsOf(
  sheet: Procedure,
  draft: RequestDraft,
  citizen: IdentityView | undefined,
  today: string,
): readonly Doubt[] {
  return [
    ...(citizen === undefined ? [] : doubtsAbout(citizen, draft, today)),
    ...(sheet.pieces.length > 0 && draft.pieces.every(({ state }) => state !== 'received')
      ? (['nothingReceived'] as const)
      : []),
    ...(sheet.fee.centimes > 0 && (draft.fee?.stampNumber ?? '').trim() === '' ? (['stamp'] as const) : []),
  ]
}

function doubtsAbout(citizen: IdentityView, draft: RequestDraft, today: string): readonly Doubt[] {
  const { identity, source, checks, emrtd, declared } = citizen
  const wrong = source.kind === 'card' ? badgesOf(checks, emrtd).filter(({ tone }) => tone === 'danger') : []
  const onlyAddress = wrong.length > 0 && wrong.every(({ key }) => key === 'checks.address.invalid')
  const age = identity.birthDate === undefined ? undefined : ageOn(identity.birthDate, today)
  return [
    ...(wrong.length > 0 && !onlyAddress ? (['forged'] as const) : []),
    ...(declared?.verdict === 'notAuthentic' ? (['notAuthentic'] as const) : []),
    ...(onlyAddress ? (['address'] as const) : []),
    ...(identity.validUntil !== undefined && identity.validUntil < today ? (['expired'] as const) : []),
    ...(age !== undefined && age < fullAge && draft.capacity === 'self' ? (['minor'] as const) : []),
  ]
}

export const isAsked = (doubt: Doubt): boolean => asked.includes(doubt)
export const wantsReason = (doubt: Doubt): boolean => reasoned.includes(doubt)
