/**
 * What the journal says happened besides acts: about what, and what came of it, in the past tense. Each has its words in
 * every language. The links of acts are of the kinds that the registry gives them (`contract/acts.ts`).
 */
export const noteKinds = {
  account: ['cardBound', 'cardUnbound', 'changed', 'ended', 'given', 'keyMade', 'unlocked', 'withdrawn'],
  attachment: ['added'],
  clock: ['reset'],
  closing: ['printed'],
  device: ['approved', 'asked', 'codeEntered', 'refused', 'revoked'],
  journal: ['anchored', 'exported'],
  mail: ['imported', 'importUndone', 'referenceUnused'],
  outbox: ['answersTaken', 'applied', 'conflict', 'exported', 'rejected'],
  personalData: ['accessed', 'wiped'],
  platform: ['doubted', 'keyFollowed', 'keyMet', 'trusted'],
  print: ['blocked', 'failed', 'printed', 'printing', 'queued', 'resent', 'resolved', 'sent', 'submitting', 'unknown'],
  printer: ['chosen'],
  reader: ['roleSet'],
  receipt: ['reprinted'],
  register: ['created', 'demonstrationDropped', 'rescued', 'movedOut', 'movedIn'],
  session: ['cardRefused', 'closed', 'locked', 'lockedOut', 'opened', 'refused'],
  trust: ['added', 'installed', 'removed'],
} as const

type Subject = keyof typeof noteKinds
export type NoteKind = { [S in Subject]: `${S}.${(typeof noteKinds)[S][number]}` }[Subject]

/** Whether a line is of a kind of this version that is no act. */
export const isNoteKind = (kind: string): kind is NoteKind =>
  Object.entries(noteKinds).some(([subject, happened]) => happened.some((one) => kind === `${subject}.${one}`))
