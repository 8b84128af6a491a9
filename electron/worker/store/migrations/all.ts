import type { Migration } from '../migrate.ts'
import { register } from './0001-register.ts'
import { repairs } from './0002-repairs.ts'
import { uploads } from './0003-uploads.ts'
import { retention } from './0004-retention.ts'
import { agentCards } from './0005-agentCards.ts'
import { closings } from './0006-closings.ts'
import { reissues } from './0007-reissues.ts'
import { reference } from './0008-reference.ts'
import { citizenSignatures } from './0009-citizenSignatures.ts'
import { cardPins } from './0010-cardPins.ts'
import { growth } from './0011-growth.ts'
import { heldCounts } from './0012-heldCounts.ts'
import { envelopes } from './0013-envelopes.ts'
import { countrySigners } from './0014-countrySigners.ts'
import { files } from './0015-files.ts'
import { papers } from './0016-papers.ts'
import { acts } from './0017-acts.ts'
import { nameKeys } from './0018-nameKeys.ts'
import { drafts } from './0019-drafts.ts'
import { procedureSearch } from './0020-procedureSearch.ts'
import { soughtKeys } from './0021-soughtKeys.ts'
import { draftPeople } from './0022-draftPeople.ts'
import { complements } from './0023-complements.ts'
import { mail } from './0024-mail.ts'
import { mailSearch } from './0025-mailSearch.ts'
import { letterRequests } from './0026-letterRequests.ts'
import { letterReferences } from './0027-letterReferences.ts'
import { reminders } from './0028-reminders.ts'
import { letterAdditions } from './0029-letterAdditions.ts'
import { letterAcknowledgements } from './0030-letterAcknowledgements.ts'
import { archive } from './0031-archive.ts'
import { digitalItems } from './0032-digitalItems.ts'

/** Every step of the shape of the register, oldest first; only ever added to. */
export const migrations: readonly Migration[] = [
  register,
  repairs,
  uploads,
  retention,
  agentCards,
  closings,
  reissues,
  reference,
  citizenSignatures,
  cardPins,
  growth,
  heldCounts,
  envelopes,
  countrySigners,
  files,
  papers,
  acts,
  nameKeys,
  drafts,
  procedureSearch,
  soughtKeys,
  draftPeople,
  complements,
  mail,
  mailSearch,
  letterRequests,
  letterReferences,
  reminders,
  letterAdditions,
  letterAcknowledgements,
  archive,
  digitalItems,
]
