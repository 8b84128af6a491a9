import type { FaultCode } from '#shared/fault.ts'

/**
 * What an agent reads when something did not work: what happened, what is safe, what to do next.
 * `{name}` takes a value of the fault; a part in square brackets is left out when its value is not known.
 */
export interface FaultSentence {
  readonly what: string
  readonly safe: string
  readonly next: string
}

export type FaultSentences = Readonly<Record<FaultCode, FaultSentence>>

/** The values that the sentences of a code may quote; every language quotes the same ones. */
export const quoted: Partial<Readonly<Record<FaultCode, readonly string[]>>> = {
  'session.lockedOut': ['minutes'],
  'session.pinWrong': ['tries'],
  'card.mute': ['reader'],
  'card.pinWrong': ['tries'],
  'session.badCredentials': ['left'],
  'register.quarantined': ['lost'],
  'clock.behind': ['minutes'],
  'clock.ahead': ['days'],
  'journal.broken': ['seq'],
  'journal.contradicted': ['seq'],
  'complement.late': ['day'],
  'letter.dayClosed': ['day'],
  'letter.digitalTaken': ['number'],
  'letter.digitalStopped': ['n'],
  'letter.nonePosted': ['day'],
  'letter.beforeSent': ['day'],
  'table.column': ['column'],
  'model.unknownField': ['field'],
  'model.noRoom': ['field'],
  'day.closed': ['day'],
  'day.earlierOpen': ['day'],
  'card.pluginRefused': ['plugin'],
  'card.pluginFailed': ['plugin'],
  'attachment.tooLarge': ['megabytes'],
  'receipt.glyphMissing': ['letters'],
  'receipt.tooLong': ['most'],
  'printer.none': ['printer'],
  'printer.unreachable': ['printer'],
  'printer.noAnswer': ['printer'],
  'printer.refused': ['printer'],
  'printer.closed': ['printer'],
  'printer.quota': ['printer'],
  'printer.notAllowed': ['printer'],
  'printer.media': ['printer', 'paper'],
  'scanner.stopped': ['pages'],
  'scan.pageTorn': ['page'],
  'stamp.noPage': ['page', 'pages'],
  'platform.failed': ['status'],
  'platform.versionTooOld': ['least'],
  'recovery.wrongGroup': ['group'],
  'hall.fileAway': ['station'],
  'hall.fileGone': ['station'],
  'hall.isOpen': ['station'],
  'hall.tookOver': ['station'],
  'ticket.unknown': ['ticket'],
  'ticket.state': ['ticket'],
  'ticket.notHere': ['ticket'],
  'ticket.recalled': ['ticket', 'count'],
  'ticket.early': ['ticket'],
  'ticket.service': ['service'],
  'ticket.serviceClosed': ['service'],
}
