import { createHash } from 'node:crypto'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import { personKey } from '#shared/domain/identity/samePerson.ts'
import type { DraftCitizen } from './rows/drafts.ts'

/** A citizen at the desk as a draft knows him. */
export const draftCitizen = ({ identity }: IdentityView): DraftCitizen => ({
  person: createHash('sha256').update(personKey(identity)).digest('hex'),
  name: `${identity.familyName} ${identity.givenNames}`.trim(),
})
