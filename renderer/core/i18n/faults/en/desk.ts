import type { FaultSentences } from '../sentence.ts'

/** What the agent does at the desk: the session, who the citizen is, the request and its receipt. */
export const desk = {
  'call.invalid': {
    what: 'Malformed data was refused.',
    safe: 'Nothing was recorded; what was typed is still on screen.',
    next: 'Check what was typed and try again.',
  },
  'call.unknown': {
    what: 'This version does not know the action asked for.',
    safe: 'Nothing was changed.',
    next: 'Restart Guichet; if it comes back, give the code to IT support.',
  },
  'call.cancelled': {
    what: 'The action was stopped at your request.',
    safe: 'Nothing was recorded.',
    next: 'Start it again at any time.',
  },
  internal: {
    what: 'The program stopped in the middle of this action.',
    safe: 'Recorded acts are intact, and so is the draft.',
    next: 'Try again; if it comes back, give the code to IT support.',
  },
  'command.reused': {
    what: 'This act was recorded before, with other content than what was asked now.',
    safe: 'The first act is recorded once, as it was; the last question changed nothing.',
    next: 'Check the first act among the acts of the day, then start from a new form if it is needed.',
  },
  'session.none': {
    what: 'The session is closed.',
    safe: 'The draft is kept on this workstation.',
    next: 'Sign in to go on.',
  },
  'session.badCredentials': {
    what: 'Wrong login or password.',
    safe: 'The account is still open[; tries left: {left}].',
    next: 'Check Caps Lock and the keyboard language, then type it again.',
  },
  'session.lockedOut': {
    what: 'Too many tries: signing in is suspended[ for {minutes} min].',
    safe: 'The account is not deleted and nothing is lost.',
    next: 'Wait, or ask the administrator to open the account again.',
  },
  'session.accountExpired': {
    what: 'This account is past its validity.',
    safe: 'Acts already done remain valid.',
    next: 'Ask the administrator to extend it, then synchronise.',
  },
  'session.forbidden': {
    what: 'Your role does not allow this action.',
    safe: 'Nothing was changed.',
    next: 'Call an authorised person, or change account.',
  },
  'session.cardAbsent': {
    what: 'This account opens with the agent’s card, and it is in no reader.',
    safe: 'The password was not tried and the draft is kept.',
    next: 'Insert your card, then type the password again.',
  },
  'session.cardRefused': {
    what: 'The card in the reader does not prove that it is the one of this account.',
    safe: 'The account stays closed; the attempt is in the journal.',
    next: 'Insert the original card; if it was replaced, the administrator binds the new one.',
  },
  'session.cardUnbound': {
    what: 'This account asks for a card, and none is bound to it at this counter.',
    safe: 'Nothing was changed.',
    next: 'Ask the administrator to bind your card (Accounts screen).',
  },
  'session.pinNeeded': {
    what: 'The PIN of your card was not typed.',
    safe: 'No try was counted, neither on the card nor on the account.',
    next: 'Type it in the field or on the keys of the reader, then try again.',
  },
  'session.pinWrong': {
    what: 'The PIN of your card is not the right one[: tries left {tries}].',
    safe: 'The password was not tried.',
    next: 'Check the PIN before you try again: after three mistakes the card is blocked.',
  },
  'session.pinBlocked': {
    what: 'The PIN of your card is blocked.',
    safe: 'Your account and the register are untouched.',
    next: 'Have the card unblocked by the administration that issued it, or ask the administrator to bind another one.',
  },
  'account.unknown': {
    what: 'This account is no longer known at this counter.',
    safe: 'Nothing was changed.',
    next: 'Open the list of accounts again, or synchronise.',
  },
  'account.cardTaken': {
    what: 'This card is already bound to another account at this counter.',
    safe: 'No binding was changed.',
    next: 'Unbind it from the other account first, or take another card.',
  },
  'desk.held': {
    what: 'Another window of this counter is serving somebody.',
    safe: 'Nothing was read or changed here.',
    next: 'Finish with that person in the other window, then try again.',
  },
  'identity.gone': {
    what: 'The citizen’s identity is no longer in memory.',
    safe: 'The request typed is kept as a draft.',
    next: 'Read the card again (F2) or type the identity again.',
  },
  'identity.reasonMissing': {
    what: 'An identity typed by hand needs a reason.',
    safe: 'What was typed is still on screen.',
    next: 'Choose the reason, then confirm.',
  },
  'procedure.unknown': {
    what: 'This procedure is no longer in the catalogue.',
    safe: 'The draft is kept.',
    next: 'Choose the procedure from the current list (F3).',
  },
  'request.invalid': {
    what: 'The request does not follow the procedure sheet.',
    safe: 'Nothing was recorded; what was typed is still on screen.',
    next: 'Review the pieces and the marked fields, then confirm.',
  },
  'request.unknown': {
    what: 'This request is not in the register of this workstation.',
    safe: 'Nothing was changed.',
    next: 'Check the number, or look for it at the counter that took it in.',
  },
  'attachment.tooLarge': {
    what: 'This file is larger than allowed[ ({megabytes} MB)].',
    safe: 'The other files remain attached.',
    next: 'Scan at 200 dpi, or split the document.',
  },
  'attachment.type': {
    what: 'This kind of file is not accepted.',
    safe: 'The other files remain attached.',
    next: 'Attach a PDF, a JPEG or a PNG.',
  },
  'attachment.unreadable': {
    what: 'The file does not open.',
    safe: 'The other files remain attached.',
    next: 'Save it again, or scan the piece (F6).',
  },
  'attachment.unknown': {
    what: 'An attached file is missing from the register of this workstation.',
    safe: 'The rest of the request is kept.',
    next: 'Attach the file again.',
  },
  'receipt.unknown': {
    what: 'This receipt is not in the register of this workstation.',
    safe: 'Nothing was changed.',
    next: 'Check the number, or look for it at the counter that issued it.',
  },
  'receipt.notReady': {
    what: 'The PDF of the receipt is still being made.',
    safe: 'The act is recorded and numbered.',
    next: 'Open the PDF again in a moment.',
  },
  'receipt.glyphMissing': {
    what: 'A character cannot be printed[: {letters}].',
    safe: 'Nothing was recorded and no number was taken.',
    next: 'Replace this character, then confirm.',
  },
  'receipt.wiped': {
    what: 'This receipt is past its term: name, seal and paper were wiped.',
    safe: 'The line of the register, with its number and dates, is kept.',
    next: 'Ask the centre for a copy, where the law still allows one.',
  },
  'receipt.altered': {
    what: 'The stored PDF no longer matches its fingerprint.',
    safe: 'The act, its number and its seal remain in the register.',
    next: 'Do not hand out this PDF; give the code to IT support.',
  },
  'trust.notSigners': {
    what: 'This file holds no country signer that can be read.',
    safe: 'The countries that are believed stay the same.',
    next: 'Take a certificate (.cer, .der, .pem), a master list (.ml) or an LDIF extract of the ICAO directory.',
  },
  'trust.unknown': {
    what: 'This signer was not added at this counter.',
    safe: 'Nothing was changed.',
    next: 'Refresh the list (F5) and compare the fingerprint; those installed with the program are removed by IT support.',
  },
  'file.unreadable': {
    what: 'The file cannot be read.',
    safe: 'Nothing was changed.',
    next: 'Check the path and the rights, then try again.',
  },
  'file.noRoom': {
    what: 'There is no room left where the file was to go.',
    safe: 'The file that was begun was removed; nothing was replaced, and the register is unharmed.',
    next: 'Free some space or choose another place, then try again.',
  },
  'file.unwritable': {
    what: 'The file cannot be written at this place.',
    safe: 'Nothing was replaced.',
    next: 'Choose another folder, or free some space.',
  },
  'file.missing': {
    what: 'A file that the register names is not on the disk any more.',
    safe: 'The acts and the other files are unharmed.',
    next: 'Ask IT support to put it back from a backup.',
  },
  'file.damaged': {
    what: 'A file of the register is damaged: its bytes are not those that were written.',
    safe: 'It is neither shown nor sent; the acts and the other files are unharmed.',
    next: 'Ask IT support to put it back from a backup, and to check the disk.',
  },
  'file.swapped': {
    what: 'In the place of a file of the register lies that of another.',
    safe: 'It is neither shown nor sent; the acts and the other files are unharmed.',
    next: 'Tell your supervisor: the folder was changed outside the program. IT support puts the file back from a backup.',
  },
  'file.leftOver': {
    what: 'A file that nothing names was left on the disk.',
    safe: 'It is encrypted, and no act depends on it.',
    next: 'Nothing is to be done: it is removed after a day.',
  },
} satisfies Partial<FaultSentences>
