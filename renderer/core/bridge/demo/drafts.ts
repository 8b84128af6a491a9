import type { DraftView } from '#shared/contract/features/intake/calls.ts'
import type { Identity } from '#shared/domain/identity/identity.ts'
import { personKey } from '#shared/domain/identity/samePerson.ts'
import { ok } from '#shared/result.ts'
import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { demoProcedures } from './procedures.ts'
import type { DemoState } from './shape.ts'

const nameOf = ({ familyName, givenNames }: Identity): string => `${familyName} ${givenNames}`
const isHere = (state: DemoState, citizen: Identity): boolean =>
  state.citizen !== undefined && personKey(state.citizen.identity) === personKey(citizen)
/** What was begun, newest first. */
const demoDrafts = (state: DemoState): DraftView[] =>
  [...state.drafts]
    .map(([id, { draft, savedAt, citizen }]): DraftView => {
      const sheet = demoProcedures.find((one) => one.code === draft.procedure)
      return {
        id,
        kind: 'request',
        savedAt,
        ...(sheet === undefined ? {} : { title: sheet.title }),
        received: draft.pieces.filter((piece) => piece.state === 'received').length,
        ...(citizen === undefined ? {} : { citizen: nameOf(citizen), own: isHere(state, citizen) }),
      }
    })
    .sort((one, other) => other.savedAt.localeCompare(one.savedAt))

/** What the agent has begun, in memory. */
export const demoDraftCalls = (state: DemoState) =>
  ({
    'draft.list': () => ok({ drafts: demoDrafts(state) }),
    'draft.load': ({ id }) => {
      const kept = state.drafts.get(id)
      return ok(kept === undefined ? { revision: 0 } : { draft: kept.draft, revision: kept.revision })
    },
    'draft.save': ({ id, draft, identityId }) => {
      const before = state.drafts.get(id)
      const revision = (before?.revision ?? 0) + 1
      const citizen = identityId === undefined ? before?.citizen : state.citizen?.identity
      const savedAt = new Date().toISOString()
      state.drafts.set(id, { draft, revision, savedAt, ...(citizen === undefined ? {} : { citizen }) })
      return ok({ revision })
    },
    'draft.discard': ({ id }) => {
      state.drafts.delete(id)
      return ok({})
    },
  }) satisfies Partial<Handlers<Calls>>
