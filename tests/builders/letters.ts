import { v7 } from 'uuid'
import { letterDraft, type TypedLetter } from '#shared/domain/mail/letter.ts'
import type { Role } from '#shared/domain/roles.ts'
import type { CommandId } from '#shared/ids.ts'
import type { SignedIn } from '#electron/worker/core/context.ts'
import type { LetterOrder } from '#electron/worker/features/mail/registerLetter.ts'

/** Somebody of the mail office, or whoever else has a role. */
export const aPerson = (role: Role = 'mailClerk'): SignedIn => ({
  view: { login: role, name: 'Y. E.', roles: [role], language: 'fr', since: '2026-11-21T08:00:00.000Z' },
  code: role === 'mailClerk' ? 'BO-007' : 'XX-001',
})

/** A letter that came by post on the day of the tests. */
export const aLetterOf = (over: Partial<TypedLetter> = {}): LetterOrder => ({
  commandId: v7() as CommandId, // v7 makes UUIDs
  letter: letterDraft.parse({
    register: 'arrival',
    receivedOn: '2026-11-21',
    mode: 'post',
    sender: { name: 'Direction provinciale (spécimen)' },
    subject: 'Demande d’avis sur un lotissement',
    kind: 'letter',
    ...over,
  }),
  files: [],
})
