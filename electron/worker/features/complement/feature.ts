import type { calls } from '#shared/contract/features/complement/calls.ts'
import type { Feature } from '../../core/feature.ts'
import { showOwing } from './findOwing.ts'
import { issueComplement } from './issueComplement.ts'

/** The one complement of a deposit that was incomplete. */
export const complement: Feature<typeof calls> = {
  calls: (answering) => ({
    'complement.find': ({ number }, { who }) => showOwing(answering.context, who, number),
    'complement.issue': async (order, { who }) => issueComplement(await answering.issuing(), { ...order, who }),
  }),
}
