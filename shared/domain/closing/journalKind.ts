/**
 * What the journal says happened: about what, and what came of it, in the past tense. Each has its words in every
 * language.
 */
export const journalKinds = {
  account: ['cardBound', 'cardUnbound', 'ended', 'keyMade', 'unlocked'],
  attachment: ['added'],
  closing: ['printed'],
  day: ['closed', 'reopened'],
  device: ['approved', 'asked', 'codeEntered', 'refused', 'revoked'],
  journal: ['anchored', 'exported'],
  outbox: ['answersTaken', 'applied', 'conflict', 'exported', 'rejected'],
  personalData: ['accessed', 'erased', 'exported', 'requested', 'wiped'],
  platform: ['doubted'],
  print: ['blocked', 'failed', 'printed', 'printing', 'queued', 'resolved', 'sent', 'submitting', 'unknown'],
  printer: ['chosen'],
  reader: ['roleSet'],
  receipt: ['reprinted'],
  register: ['created'],
  request: ['cancelled', 'corrected', 'deposited', 'overridden'],
  series: ['closed'],
  session: ['cardRefused', 'closed', 'locked', 'lockedOut', 'opened', 'refused'],
  trust: ['added', 'removed'],
} as const

type Subject = keyof typeof journalKinds
export type JournalKind = { [S in Subject]: `${S}.${(typeof journalKinds)[S][number]}` }[Subject]

/** Whether a line is of a kind that this version writes; older and newer ones may have others. */
export const isJournalKind = (kind: string): kind is JournalKind =>
  Object.entries(journalKinds).some(([subject, happened]) => happened.some((one) => kind === `${subject}.${one}`))
