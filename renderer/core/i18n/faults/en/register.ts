import type { FaultSentences } from '../sentence.ts'

/** What is kept and where it goes: register, journal, closing, platform, corrections. */
export const register = {
  'register.locked': {
    what: 'The local register is locked.',
    safe: 'Its content is encrypted and intact.',
    next: 'Type the passphrase of this workstation.',
  },
  'register.badPassphrase': {
    what: 'The passphrase does not match this register.',
    safe: 'The register stays encrypted and intact.',
    next: 'Type it again; upper and lower case differ.',
  },
  'register.noKeystore': {
    what: 'This workstation offers no keystore for the register’s key.',
    safe: 'Nothing is written without encryption.',
    next: 'Open the system keyring, or set a passphrase.',
  },
  'register.corrupt': {
    what: 'The local register is damaged.',
    safe: 'The file is kept as it is, never deleted; acts already sent are on the platform.',
    next: 'Stop deposits on this workstation and call IT support.',
  },
  'register.newer': {
    what: 'The register comes from a newer version of Guichet.',
    safe: 'It was not modified.',
    next: 'Install the newer version on this workstation.',
  },
  'register.diskFull': {
    what: 'The disk of this workstation is full.',
    safe: 'Recorded acts are intact; this one is not recorded yet.',
    next: 'Free some space, then try again: the entry is on screen.',
  },
  'register.readOnly': {
    what: 'The folder of the register is read-only.',
    safe: 'Recorded acts are intact; this one is not recorded yet.',
    next: 'Ask IT support to restore writing to this folder.',
  },
  'register.diskFailing': {
    what: 'The disk of this computer refuses to read or write.',
    safe: 'Recorded acts are intact; this one is not recorded yet.',
    next: 'Stop work at this counter and call IT support: the disk may be failing.',
  },
  'register.inUse': {
    what: 'Another Guichet is already using this register.',
    safe: 'One program writes to it: nothing can be doubled.',
    next: 'Close the other window, then open this one again.',
  },
  'register.quarantined': {
    what: 'This register is an old copy, or it lost acts[ ({lost})]: it is in quarantine.',
    safe: 'Everything can be read and exported; no number can be given twice.',
    next: 'A supervisor closes the series and opens a new one from the notice at the top, or IT support puts the newer register back.',
  },
  'clock.behind': {
    what: 'The clock of this workstation was set back[ by {minutes} min].',
    safe: 'Nothing was recorded; acts already done keep their order.',
    next: 'Have the clock set, or a supervisor does the act: it will bear the mark.',
  },
  'journal.broken': {
    what: 'The chain of the journal no longer verifies[ at line {seq}].',
    safe: 'No line is deleted and the place of the break is known.',
    next: 'Tell the supervisor and IT support before any new deposit.',
  },
  'journal.contradicted': {
    what: 'The platform knows a line of the journal that is not here[: line {seq}].',
    safe: 'Nothing is erased; the register is read, no act is added to it.',
    next: 'Tell IT support; a supervisor can open a new series.',
  },
  'day.closed': {
    what: 'The day[ {day}] is closed.',
    safe: 'What was filled in stays on the screen and the draft is kept.',
    next: 'A supervisor can reopen it; otherwise the act waits for the next day.',
  },
  'day.notClosed': {
    what: 'This day is not closed.',
    safe: 'Nothing was changed.',
    next: 'Choose a day that is closed.',
  },
  'day.earlierOpen': {
    what: 'An earlier day[, {day},] is not closed yet.',
    safe: 'Nothing was changed.',
    next: 'Close it first: the totals run on.',
  },
  'day.unknown': {
    what: 'This day has not begun.',
    safe: 'Nothing was changed.',
    next: 'Choose today or a day that has passed.',
  },
  'register.noBackup': {
    what: 'There is no sound copy of the register on this workstation.',
    safe: 'The damaged register is kept as it is.',
    next: 'Call IT support: guichet db set-aside puts it aside.',
  },
  'platform.notConfigured': {
    what: 'No central platform is set for this workstation.',
    safe: 'Acts are recorded here and wait.',
    next: 'Ask the administrator to enrol this counter.',
  },
  'platform.unreachable': {
    what: 'The central platform cannot be reached.',
    safe: 'Acts are recorded here and will leave in order.',
    next: 'Go on serving; sending resumes by itself.',
  },
  'platform.timeout': {
    what: 'The central platform did not answer in time.',
    safe: 'Acts wait here; none can be counted twice.',
    next: 'Go on serving; sending is tried again by itself.',
  },
  'platform.failed': {
    what: 'The central platform is out of order[ (answer {status})].',
    safe: 'Acts wait here; none is lost.',
    next: 'Go on serving; if it lasts, give the code to IT support.',
  },
  'platform.garbage': {
    what: 'The platform’s answer makes no sense.',
    safe: 'It was not taken into account; acts wait here.',
    next: 'Go on serving; check whether a Wi-Fi portal blocks the network.',
  },
  'platform.unauthorised': {
    what: 'The platform does not recognise this counter.',
    safe: 'Acts are recorded here and wait.',
    next: 'Ask the administrator to enrol this counter again.',
  },
  'platform.gap': {
    what: 'The platform expects an earlier act of this counter.',
    safe: 'All acts are here and their order is kept.',
    next: 'Sending restarts from that act; if it comes back, give the code to IT support.',
  },
  'platform.busy': {
    what: 'The central platform is overloaded and asks to wait.',
    safe: 'Acts wait here, in order.',
    next: 'Go on serving; sending resumes by itself.',
  },
  'platform.foreignKey': {
    what: 'The platform signs with another key than the one this counter knows.',
    safe: 'The acts stay recorded here.',
    next: 'Tell IT support before going on.',
  },
  'platform.rewritten': {
    what: 'The platform’s log no longer continues what it signed before.',
    safe: 'The acts and their proofs stay here.',
    next: 'Tell IT support and the auditor.',
  },
  'act.malformed': {
    what: 'The platform cannot read this act: a value does not have the expected form.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Correct it by a new act; if it happens again, give the code to support.',
  },
  'act.altered': {
    what: 'The platform received an act that does not match its fingerprint.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Correct it by a new act; give the code to IT support: the line damages data.',
  },
  'act.foreign': {
    what: 'The act bears the name of another counter.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Tell the supervisor and give the code to IT support.',
  },
  'act.series': {
    what: 'The number is not of this counter’s series.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Tell the supervisor: the number can be cancelled with a reason.',
  },
  'act.numberTaken': {
    what: 'The platform already knows another act under this number, or it is of another series.',
    safe: 'The act keeps its place in the series of this counter.',
    next: 'Tell the supervisor: the number can be cancelled with a reason.',
  },
  'act.stampUsed': {
    what: 'This stamp number was already used for another request.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Ask the citizen for the right stamp, then correct its number.',
  },
  'act.citizenInvalid': {
    what: 'The citizen’s identity is not accepted: something is missing or impossible.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Compare it with the document, then correct the identity.',
  },
  'act.piecesMissing': {
    what: 'The file is said to be complete, but a required piece is missing.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Check the pieces received, then correct the list.',
  },
  'act.procedureUnknown': {
    what: 'The platform does not know this procedure.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Choose the sheet in force in the correction, or call the supervisor.',
  },
  'act.procedureClosed': {
    what: 'The sheet of this procedure was no longer in force.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Take the request up on the sheet in force, then correct it.',
  },
  'act.notFound': {
    what: 'The platform does not find the act to repair.',
    safe: 'Both acts are kept; neither is changed.',
    next: 'Wait until the earlier acts are sent; if it comes back, give the code to IT support.',
  },
  'act.cancelled': {
    what: 'This number was already cancelled.',
    safe: 'Both acts are kept; neither is changed.',
    next: 'There is nothing left to correct; deposit the request under a new number if needed.',
  },
  'act.notRefused': {
    what: 'The platform had accepted this act: there is nothing to repair.',
    safe: 'Both acts are kept; neither is changed.',
    next: 'To withdraw it, the supervisor cancels the number with a reason.',
  },
  'act.settled': {
    what: 'This act was already repaired by another one.',
    safe: 'Both acts are kept; neither is changed.',
    next: 'Open the list again: it shows what is left to correct.',
  },
  'act.conflict': {
    what: 'The platform holds another act at this place of the series.',
    safe: 'Both acts are kept; neither was replaced.',
    next: 'Tell the supervisor and support: there may be a second copy of this register.',
  },
  'act.chain': {
    what: 'The act does not follow the one that the platform holds before it.',
    safe: 'The act stays here, whole, in its place.',
    next: 'A supervisor has to compare the two runs of acts.',
  },
  'act.refused': {
    what: 'A rule of the platform refuses this act.',
    safe: 'The act keeps its number and its place; the receipt handed out stays valid.',
    next: 'Read the reason, then correct by a new act, or call the supervisor.',
  },
  'act.unknown': {
    what: 'This act is not in the register of this counter.',
    safe: 'Nothing was changed.',
    next: 'Open the list of acts again, then choose it once more.',
  },
  'correction.waiting': {
    what: 'A correction of this act already waits for the platform’s answer.',
    safe: 'The correction is recorded and will leave in order.',
    next: 'Wait for the answer before making another one.',
  },
  'correction.notNeeded': {
    what: 'This act needs no correction.',
    safe: 'It is in the register, as it was made or repaired.',
    next: 'Open the list again: it shows what is left to correct.',
  },
  'witness.samePerson': {
    what: 'This act takes two people: the second cannot be the one who is signed in.',
    safe: 'Nothing was decided or recorded.',
    next: 'Have a second person enter a login and a password.',
  },
  'witness.notAllowed': {
    what: 'This person may not answer for this act.',
    safe: 'Nothing was decided or recorded.',
    next: 'Have somebody who may answer for it enter a login and a password.',
  },
  'transfer.noRecipient': {
    what: 'No key of the platform is known to seal the file with.',
    safe: 'Nothing was written to the stick; the acts wait here.',
    next: 'Ask the administrator for the keys of the platform and of the escrow.',
  },
  'transfer.altered': {
    what: 'The sealed file is damaged or was changed.',
    safe: 'Nothing was taken from it; the acts wait here.',
    next: 'Have the file made again, and keep this one for support.',
  },
  'transfer.foreign': {
    what: 'This file is sealed for another counter, or answers other acts.',
    safe: 'Nothing was taken from it.',
    next: 'Take the file that bears the number of this counter.',
  },
  'transfer.notAnswers': {
    what: 'This file is not a file of answers of the platform.',
    safe: 'Nothing was taken from it; the acts wait here.',
    next: 'Choose the file that ends with .answers on the stick.',
  },
  'transfer.export': {
    what: 'This file is an export of acts, not the platform’s answer.',
    safe: 'Nothing was taken from it; the acts wait here.',
    next: 'Carry it to the platform; it gives back a file of answers to import here.',
  },
  'transfer.newer': {
    what: 'These answers are of a newer version than this program.',
    safe: 'Nothing was taken from it; the acts wait here.',
    next: 'Update the program, then import the same file.',
  },
} satisfies Partial<FaultSentences>
