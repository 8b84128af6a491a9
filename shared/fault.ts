/** Whose fault it is decides the tone of the sentence and who has to act. */
export type Blame = 'user' | 'device' | 'platform' | 'program'
/** `now`: the same act may succeed at once; `later`: after something outside changed; `no`: never as it is. */
export type Retry = 'now' | 'later' | 'no'

const fault = <B extends Blame, R extends Retry>(blame: B, retry: R) => ({ blame, retry }) as const

/**
 * The closed catalogue of faults. The renderer owns a sentence for each in four languages
 * (`renderer/core/faults`); a code without a sentence does not compile.
 */
export const faults = {
  'call.invalid': fault('program', 'no'),
  'call.unknown': fault('program', 'no'),
  'call.cancelled': fault('user', 'now'),
  internal: fault('program', 'now'),
  /** The id of an act that was carried out, with another question. */
  'command.reused': fault('program', 'no'),

  'session.none': fault('user', 'now'),
  'session.badCredentials': fault('user', 'now'),
  'session.lockedOut': fault('user', 'later'),
  'session.accountExpired': fault('user', 'no'),
  'session.forbidden': fault('user', 'no'),
  /** The account was withdrawn, ended, or has not all the roles any more with which it was signed in. */
  'session.accountChanged': fault('user', 'now'),
  /** The account asks for the agent's card, and it is in no reader. */
  'session.cardAbsent': fault('user', 'now'),
  /** The card in the reader is not the bound one, or does not prove that it is. */
  'session.cardRefused': fault('user', 'no'),
  'session.cardUnbound': fault('user', 'no'),
  'session.pinNeeded': fault('user', 'now'),
  'session.pinWrong': fault('user', 'now'),
  'session.pinBlocked': fault('user', 'no'),

  'register.locked': fault('user', 'now'),
  /** There is no register in this folder yet: an office file begins it. */
  'register.none': fault('user', 'now'),
  'register.badPassphrase': fault('user', 'now'),
  'register.noKeystore': fault('device', 'no'),
  /** There is a keystore, and it did not open. */
  'register.keystoreLocked': fault('user', 'now'),
  /** The keystore opens, and what it is given was not wrapped by it: another account, a copied folder, a new keyring. */
  'register.otherKeystore': fault('device', 'no'),
  /** The files of the register are kept for another account of the machine. */
  'register.otherAccount': fault('user', 'no'),
  /** It goes on at another machine: here it is read, not written. */
  'register.movedOut': fault('user', 'no'),
  /** Nothing was wrapped for a recovery key in this folder. */
  'recovery.none': fault('user', 'no'),
  /** The identity is not that of the recovery key, or its file holds none. */
  'recovery.wrongKey': fault('user', 'now'),
  /** One group of the sheet of the recovery key was typed otherwise than it stands there. */
  'recovery.wrongGroup': fault('user', 'now'),
  /** No copy of before an update, or something was written since. */
  'register.notRolledBack': fault('user', 'no'),
  'register.corrupt': fault('device', 'no'),
  'register.newer': fault('program', 'no'),
  'register.diskFull': fault('device', 'later'),
  'register.readOnly': fault('device', 'later'),
  'register.diskFailing': fault('device', 'later'),
  'register.inUse': fault('user', 'later'),
  /** An old copy, or one that lost acts: it is read, not written. */
  'register.quarantined': fault('device', 'later'),
  /** The wall clock stands behind what is already written. */
  'clock.behind': fault('device', 'later'),
  'clock.ahead': fault('device', 'later'),
  'journal.broken': fault('device', 'no'),
  /** The platform countersigned a head that is not in this journal: it was cut or rewritten. */
  'journal.contradicted': fault('device', 'no'),

  /** Acts of that day are taken again when it is reopened, or on the next day. */
  'day.closed': fault('user', 'later'),
  'day.notClosed': fault('user', 'no'),
  /** Days are closed in their order: the totals run on. */
  'day.earlierOpen': fault('user', 'now'),
  'day.unknown': fault('user', 'no'),
  /** Nothing sound to go back to. */
  'register.noBackup': fault('device', 'no'),

  'card.noService': fault('device', 'later'),
  'card.noReader': fault('device', 'later'),
  'card.absent': fault('user', 'now'),
  'card.removed': fault('user', 'now'),
  'card.mute': fault('device', 'now'),
  'card.unsupported': fault('user', 'no'),
  'card.busy': fault('device', 'now'),
  'card.refused': fault('device', 'now'),
  'card.malformed': fault('device', 'now'),
  'card.timeout': fault('device', 'now'),
  'card.cannotSign': fault('user', 'no'),
  'card.pinNeeded': fault('user', 'now'),
  'card.pinWrong': fault('user', 'now'),
  'card.pinBlocked': fault('user', 'no'),
  /** Nothing was typed on the reader in time, or it was cancelled there. */
  'card.pinCancelled': fault('user', 'now'),
  /** A program on another computer holds the readers: a remote session without its own. */
  'card.remoteSession': fault('device', 'later'),
  /** What was signed is not what is being deposited. */
  'signature.outdated': fault('user', 'now'),
  /** Signed by the card of somebody else. */
  'signature.otherPerson': fault('user', 'now'),
  /** The program of a national card is not the file that was examined. */
  'card.pluginRefused': fault('device', 'no'),
  /** It hangs, ended, or talks otherwise than agreed. */
  'card.pluginFailed': fault('device', 'now'),
  'card.accessNeeded': fault('user', 'now'),
  'card.accessRefused': fault('user', 'now'),
  /** Too many wrong access numbers; the zone still opens the chip. */
  'card.accessBlocked': fault('user', 'now'),
  /** A card that is bound to an agent of this counter: it is not read as a citizen's. */
  'card.agents': fault('user', 'now'),
  'mrz.malformed': fault('user', 'now'),
  'training.off': fault('user', 'no'),

  'account.unknown': fault('user', 'no'),
  'account.cardTaken': fault('user', 'no'),

  'identity.gone': fault('user', 'now'),
  'desk.held': fault('user', 'later'),
  'draft.changed': fault('user', 'no'),
  'draft.otherCitizen': fault('user', 'no'),
  'print.cameOut': fault('user', 'no'),
  'identity.reasonMissing': fault('user', 'now'),
  /** A date of a typed identity is in no calendar, to come, or of another age. */
  'identity.impossible': fault('user', 'now'),
  'procedure.unknown': fault('user', 'no'),
  'request.invalid': fault('user', 'now'),
  'request.unknown': fault('user', 'no'),

  /** Nothing is missing in that deposit. */
  'complement.notNeeded': fault('user', 'no'),
  /** Law 55-19: one complement only. */
  'complement.made': fault('user', 'no'),
  /** Its last day has passed. */
  'complement.late': fault('user', 'no'),
  'complement.cancelled': fault('user', 'no'),
  /** The platform refused the deposit: that is put right first. */
  'complement.depositRefused': fault('user', 'later'),

  /** No letter of this number, for whoever asks. */
  'letter.unknown': fault('user', 'no'),
  'letter.cancelled': fault('user', 'no'),
  /** A date of the letter is to come. */
  'letter.toCome': fault('user', 'now'),
  /** The registers of that day, or of its year, were closed: their lines are read-only. */
  'letter.dayClosed': fault('user', 'no'),
  /** What was handed in under this number (`number`) at the national digital mail office stands in a line already. */
  'letter.digitalTaken': fault('user', 'no'),
  /** So many (`n`) items of the national digital mail office cannot be read, or lack a file as it was said to be. */
  'letter.digitalStopped': fault('platform', 'later'),
  /** Its paper is already where it is to go. */
  'letter.alreadyThere': fault('user', 'no'),
  /** Its paper is in the mail office. */
  'letter.notAway': fault('user', 'no'),
  /** It is no reference of this counter that waits for its departure. */
  'reference.notOpen': fault('user', 'no'),
  /** No registered post left on the day (`day`) whose list is asked for. */
  'letter.nonePosted': fault('user', 'no'),
  /** The sheet before a scan says a higher level than the letter that it would be added to. */
  'letter.levelBelow': fault('user', 'no'),
  /** Its acknowledgement is in the register already. */
  'letter.acknowledged': fault('user', 'no'),
  /** The day on its acknowledgement lies before the day (`day`) on which it left. */
  'letter.beforeSent': fault('user', 'now'),
  /** The service that is reminded owes no answer to it, or no longer. */
  'letter.notOwed': fault('user', 'no'),
  /** What it said was destroyed by a list of elimination. */
  'letter.destroyed': fault('user', 'no'),
  /** Somebody holds it, or a letter that it is kept with. */
  'letter.held': fault('user', 'no'),
  'letter.notHeld': fault('user', 'no'),
  /** Its time is not over, or that of a letter that it is kept with; or its class keeps it for good. */
  'archive.notOver': fault('user', 'no'),
  /** It stands on a list already. */
  'archive.listed': fault('user', 'no'),
  'archive.classUnknown': fault('user', 'now'),
  'archive.listUnknown': fault('user', 'no'),
  /** What is asked of a list does not follow on what was decided of it. */
  'archive.listState': fault('user', 'no'),
  /** Since the list was made, a letter on it was changed. */
  'archive.changed': fault('user', 'no'),
  /** The platform does not hold all of it yet: nothing of it is destroyed. */
  'archive.notSent': fault('user', 'later'),
  /** Letters were entered after the import: it stays. */
  'letter.entered': fault('user', 'no'),
  'letter.nothingToUndo': fault('user', 'no'),
  /** A heading that the map of columns names is not in the file. */
  'table.column': fault('user', 'now'),
  /** A file of lines that is neither CSV nor XLSX. */
  'table.unreadable': fault('user', 'now'),
  /** A model letter: not there any more, no document or form that can be read, a field that nothing fills. */
  'model.unknown': fault('user', 'no'),
  'model.unreadable': fault('user', 'no'),
  'model.unknownField': fault('user', 'now'),
  /** What the letter says has no room in a field of a form. */
  'model.noRoom': fault('user', 'now'),
  'slip.unknown': fault('user', 'no'),
  'slip.received': fault('user', 'no'),

  'attachment.tooLarge': fault('user', 'no'),
  'attachment.type': fault('user', 'no'),
  /** A PDF that shows nothing without a password. */
  'attachment.locked': fault('user', 'now'),
  'attachment.unreadable': fault('user', 'now'),
  'attachment.unknown': fault('user', 'no'),

  'receipt.unknown': fault('user', 'no'),
  'receipt.notReady': fault('program', 'now'),
  'receipt.glyphMissing': fault('user', 'no'),
  /** A text is longer than any paper that a person reads. */
  'receipt.tooLong': fault('user', 'now'),
  'receipt.altered': fault('device', 'no'),
  /** Its term is over: name, seal and paper were wiped, the line of the register stays. */
  'receipt.wiped': fault('user', 'no'),

  'seal.notFound': fault('user', 'now'),
  'seal.malformed': fault('user', 'no'),
  'seal.unknownKey': fault('user', 'no'),
  'seal.badSignature': fault('user', 'no'),

  'printer.noService': fault('device', 'later'),
  'printer.none': fault('device', 'later'),
  'printer.unreachable': fault('device', 'later'),
  'printer.refused': fault('device', 'later'),
  /** The queue takes no jobs: somebody closed it. */
  'printer.closed': fault('device', 'later'),
  /** As many pages or jobs were printed there as its quota allows. */
  'printer.quota': fault('device', 'later'),
  /** The queue is for named users, and this program is none of them. */
  'printer.notAllowed': fault('device', 'later'),
  'printer.media': fault('device', 'no'),
  /** The document left, the answer did not come: it may have been printed. */
  'printer.noAnswer': fault('device', 'no'),

  /** Something does not stand where it can be read: nothing of the paper is written. */
  'paper.misfit': fault('program', 'no'),
  /** The press ended, or a paper took too long: it is made again, an act is safe without it. */
  'press.down': fault('program', 'later'),

  'scanner.none': fault('device', 'later'),
  'scanner.failed': fault('device', 'now'),
  /** Nothing lies in the feeder. */
  'scanner.empty': fault('device', 'now'),
  /** The feeder stopped in the middle: the pages before are there. */
  'scanner.stopped': fault('device', 'now'),
  /** A stack that shows nothing without a password. */
  'scan.locked': fault('user', 'no'),
  /** No PDF, PNG or JPEG, or one that broke off. */
  'scan.torn': fault('user', 'no'),
  'scan.tooLarge': fault('user', 'no'),
  /** One page of it cannot be drawn. */
  'scan.pageTorn': fault('user', 'no'),
  'stamp.noPage': fault('user', 'now'),
  /** The page is smaller than a stamp that can be read. */
  'stamp.noRoom': fault('user', 'no'),
  /** What came out does not show its stamp: it is not handed over. */
  'stamp.failed': fault('program', 'no'),
  /** Neither a PDF, a picture, an e-mail nor a text, or torn. */
  'letter.unreadable': fault('user', 'no'),
  /** Reading letters off a picture failed; the letter itself is as it was. */
  'letter.ocrFailed': fault('program', 'now'),
  'devices.down': fault('device', 'now'),

  /** Nobody introduced this machine to the platform: acts wait. */
  'device.notEnrolled': fault('platform', 'no'),
  /** No number is given before the platform approved this machine. */
  'device.notApproved': fault('platform', 'later'),
  /** Introduced; somebody at the platform has to compare the fingerprint. */
  'device.pending': fault('platform', 'no'),
  /** The platform takes nothing from this machine any more: the register is read, not written. */
  'device.revoked': fault('platform', 'no'),
  'device.codeRefused': fault('user', 'no'),
  'device.counterTaken': fault('platform', 'no'),

  'platform.notConfigured': fault('platform', 'no'),
  /** Who answered shows a certificate that no authority of this machine vouches for, or one that ran out or is for another name. */
  'platform.certificate': fault('platform', 'later'),
  /** The proxy refuses, is not there, or asks for a name and a password that it was not given. */
  'platform.proxy': fault('platform', 'later'),
  /** It takes acts from a newer version of this program only. */
  'platform.versionTooOld': fault('platform', 'later'),
  'platform.unreachable': fault('platform', 'later'),
  'platform.timeout': fault('platform', 'later'),
  'platform.failed': fault('platform', 'later'),
  'platform.garbage': fault('platform', 'later'),
  'platform.unauthorised': fault('platform', 'no'),
  'platform.gap': fault('platform', 'no'),
  'platform.busy': fault('platform', 'later'),
  /** What it countersigns bears another key than the one that was met first. */
  'platform.foreignKey': fault('platform', 'no'),
  /** What answered did not sign as the platform that this counter knows, or it is not an answer to what was asked. */
  'platform.unsigned': fault('platform', 'no'),
  /** This counter does not know the key of its platform yet: the office file brings it. */
  'platform.unknownKey': fault('platform', 'no'),
  /** Its log does not go on from what it countersigned before. */
  'platform.rewritten': fault('platform', 'no'),

  /** Why the platform did not take an act: what the correction desk says. */
  'act.malformed': fault('program', 'no'),
  'act.altered': fault('program', 'no'),
  'act.foreign': fault('program', 'no'),
  'act.series': fault('user', 'no'),
  'act.numberTaken': fault('user', 'no'),
  'act.stampUsed': fault('user', 'no'),
  'act.citizenInvalid': fault('user', 'no'),
  'act.piecesMissing': fault('user', 'no'),
  'act.procedureUnknown': fault('user', 'no'),
  'act.procedureClosed': fault('user', 'no'),
  'act.notFound': fault('user', 'no'),
  'act.cancelled': fault('user', 'no'),
  'act.notRefused': fault('user', 'no'),
  'act.settled': fault('user', 'no'),
  'act.conflict': fault('user', 'no'),
  /** It does not follow the act that the platform holds before it. */
  'act.chain': fault('program', 'no'),
  'act.refused': fault('user', 'no'),
  'act.unknown': fault('user', 'no'),
  'correction.waiting': fault('user', 'later'),
  'correction.notNeeded': fault('user', 'no'),
  /** An act for two: the second is the one who is signed in, or may not answer for it. */
  'witness.samePerson': fault('user', 'now'),
  'witness.notAllowed': fault('user', 'now'),

  'transfer.noRecipient': fault('platform', 'no'),
  'transfer.altered': fault('user', 'no'),
  'transfer.foreign': fault('user', 'no'),
  'transfer.notAnswers': fault('user', 'no'),
  'transfer.export': fault('user', 'no'),
  'transfer.newer': fault('program', 'later'),
  /** The answers are not signed by the platform that this counter knows. */
  'transfer.unsigned': fault('user', 'no'),

  /** Not an office file, or it was changed on its way. */
  'office.notOffice': fault('user', 'no'),
  /** What was typed is not the fingerprint of the key in the file. */
  'office.fingerprint': fault('user', 'now'),
  'office.otherCounter': fault('user', 'no'),

  /** A file that was to bring country signers holds none that can be read. */
  'trust.notSigners': fault('user', 'no'),
  /** Nobody was added under that fingerprint. */
  'trust.unknown': fault('user', 'no'),

  'file.unreadable': fault('user', 'now'),
  'file.unwritable': fault('user', 'later'),
  /** The disk or stick that a file goes to is full; the register's own is `register.diskFull`. */
  'file.noRoom': fault('user', 'later'),
  /** A file that the register names is not on the disk. */
  'file.missing': fault('device', 'no'),
  /** Its bytes are not those that were written. */
  'file.damaged': fault('device', 'no'),
  /** In its place lies that of another content. */
  'file.swapped': fault('device', 'no'),
  /** A file on the disk that no row of the register names. */
  'file.leftOver': fault('device', 'no'),

  /** No station runs for this data folder. */
  'hall.notRunning': fault('user', 'now'),
  'hall.running': fault('user', 'no'),
  /** Fewer than half of the voting stations hear each other: nothing is decided here. */
  'hall.noMajority': fault('device', 'later'),
  /** It was sent and the answer did not come: the state is asked before anything is repeated. */
  'hall.unanswered': fault('device', 'now'),
  /** The stations hear each other, and none of them serves. */
  'hall.noServer': fault('user', 'now'),
  'hall.notOpen': fault('user', 'now'),
  'hall.isOpen': fault('user', 'no'),
  'hall.notSignedOn': fault('user', 'now'),
  /** Another station was faster, or follows. */
  'hall.tookOver': fault('user', 'no'),
  /** This station goes on alone: the shared line is not touched. */
  'hall.island': fault('user', 'later'),
  /** No roster, one that its office did not sign, or keys that are not those of its station. */
  'hall.roster': fault('user', 'no'),
  /** Its keys are wrapped, and the keystore does not open them: none, another one, one that stayed closed. */
  'hall.keystore': fault('device', 'later'),
  'hall.damaged': fault('device', 'no'),
  /** A sync failed: nobody knows what is on that disk. */
  /** What was asked, or the log, is of a later version than the station that it would have to be done by. */
  'hall.older': fault('user', 'later'),
  /** The file of a ticket is at a station that is not heard. */
  'hall.fileAway': fault('device', 'later'),
  /** Its counter has it no more, or is not open. */
  'hall.fileGone': fault('user', 'no'),
  /** It came, and is none that this version reads. */
  'hall.fileUnreadable': fault('user', 'no'),
  'hall.disk': fault('device', 'later'),
  'hall.address': fault('device', 'later'),
  /** No log of a hall, or a chain that is broken. */
  'hall.notLog': fault('user', 'no'),
  'ticket.unknown': fault('user', 'no'),
  /** Not from the state it is in: whoever is called is not called by somebody else. */
  'ticket.state': fault('user', 'no'),
  /** Called, and not at the counter yet: he is not done. */
  'ticket.notHere': fault('user', 'no'),
  'ticket.recalled': fault('user', 'no'),
  /** An appointment is missed only after its time and the tolerance. */
  'ticket.early': fault('user', 'later'),
  'ticket.service': fault('user', 'no'),
  'ticket.serviceClosed': fault('user', 'later'),
  /** The printer of tickets has no paper, or does not answer: no number was given. */
  'ticket.noPaper': fault('device', 'later'),
  'appointment.unknown': fault('user', 'no'),
  /** Cancelled, or its citizen is already here. */
  'appointment.state': fault('user', 'no'),
  'appointment.closed': fault('user', 'no'),
  'appointment.past': fault('user', 'no'),
  'appointment.full': fault('user', 'no'),
  'appointment.otherDay': fault('user', 'no'),
  /** Whoever is on this card has none today. */
  'appointment.noneToday': fault('user', 'no'),
  /** The hall was made before appointments were found by a card. */
  'appointment.noKey': fault('user', 'no'),
} as const satisfies Record<string, { blame: Blame; retry: Retry }>

export type FaultCode = keyof typeof faults

/**
 * What went wrong, as a value. `detail` is technical and never carries personal data;
 * `values` fill the sentence (a printer's name, a number of tries).
 */
export interface Fault {
  readonly code: FaultCode
  readonly detail?: string
  readonly values?: Readonly<Record<string, string | number>>
}

/** Builds a fault; the closed code decides blame and retry. */
export const faultOf = (code: FaultCode, detail?: string, values?: Fault['values']): Fault => ({
  code,
  ...(detail === undefined ? {} : { detail }),
  ...(values === undefined ? {} : { values }),
})
