import type { FaultSentences } from '../sentence.ts'

/** What is plugged in, and what is put into it: cards, readers, printers, scanned codes. */
export const devices = {
  'card.noService': {
    what: 'The smart card service does not answer on this workstation.',
    safe: 'The request at hand is kept.',
    next: 'Start the service (pcscd; on Windows “Smart Card”), or type the identity by hand.',
  },
  'card.noReader': {
    what: 'No card reader is plugged in.',
    safe: 'The request at hand is kept.',
    next: 'Plug in the reader, or type the identity by hand; Windows Hello and security keys are not readers of identity cards.',
  },
  'card.absent': {
    what: 'The reader is empty.',
    safe: 'Nothing was read or changed.',
    next: 'Insert the card, chip down and forward.',
  },
  'card.removed': {
    what: 'The card was taken out while it was being read.',
    safe: 'Nothing incomplete is kept from the card.',
    next: 'Put the card back and leave it until the end.',
  },
  'card.mute': {
    what: 'The card does not answer[ in {reader}].',
    safe: 'The card was not modified.',
    next: 'Take it out, wipe the chip, put it back; otherwise type by hand.',
  },
  'card.unsupported': {
    what: 'This card is not an identity card known here.',
    safe: 'Nothing was read.',
    next: 'Ask for another document, or type the identity by hand.',
  },
  'card.busy': {
    what: 'Another program is using the card.',
    safe: 'The card was not modified.',
    next: 'Close the other program, then read again (F2).',
  },
  'card.refused': {
    what: 'The card refused a reading command.',
    safe: 'The card was not modified.',
    next: 'Read again (F2); if it refuses again, type the identity by hand.',
  },
  'card.malformed': {
    what: 'A file of the card is unreadable or cut short.',
    safe: 'Nothing of this reading is kept.',
    next: 'Read again (F2); if it comes back, type the identity and note the reason.',
  },
  'card.timeout': {
    what: 'The card takes too long to answer.',
    safe: 'The card was not modified.',
    next: 'Take it out, put it back, then read again (F2).',
  },
  'card.cannotSign': {
    what: 'This card cannot sign.',
    safe: 'Nothing was signed or recorded; the deposit is possible without a signature.',
    next: 'Go on without a signature: a child’s card, or one without certificates, has no key.',
  },
  'card.pinNeeded': {
    what: 'The PIN of the card was not typed.',
    safe: 'No try was counted.',
    next: 'Ask the citizen to type the PIN, then try again.',
  },
  'card.pinWrong': {
    what: 'The PIN is not the right one[: tries left {tries}].',
    safe: 'Nothing was signed.',
    next: 'Let the citizen check the PIN: after three mistakes the card is blocked.',
  },
  'card.pinBlocked': {
    what: 'The PIN of this card is blocked.',
    safe: 'Nothing was signed; the card can still be read.',
    next: 'Go on without a signature; the citizen has the card unblocked by the administration that issued it.',
  },
  'card.pinCancelled': {
    what: 'No PIN was typed on the reader, or typing was cancelled.',
    safe: 'No try was counted.',
    next: 'Try again, and let the citizen type on the keys of the reader.',
  },
  'card.remoteSession': {
    what: 'No reader is in sight: this program runs in a remote session.',
    safe: 'The request at hand is kept.',
    next: 'Allow smart cards among the local resources of the remote connection, or type the identity by hand.',
  },
  'signature.outdated': {
    what: 'The request changed after the citizen signed.',
    safe: 'Nothing was recorded, and the signature was not used.',
    next: 'Let the citizen sign again (S), or issue the receipt without a signature.',
  },
  'signature.otherPerson': {
    what: 'The card that signs is not that of the citizen being served.',
    safe: 'The signature is not kept.',
    next: 'Put the citizen’s own card back into the reader, then try again.',
  },
  'card.pluginRefused': {
    what: 'The card program[ “{plugin}”] is not the one that was approved.',
    safe: 'It was not started; nothing was read.',
    next: 'Tell the administrator; meanwhile scan the readable zone or type the identity.',
  },
  'card.pluginFailed': {
    what: 'The card program[ “{plugin}”] did not answer as it should; it was stopped.',
    safe: 'Nothing that it said was used.',
    next: 'Read the card again (F2); otherwise scan the readable zone or type the identity.',
  },
  'card.accessBlocked': {
    what: 'The access number (CAN) of this document is blocked: too many wrong numbers.',
    safe: 'The chip itself is not blocked.',
    next: 'Open it with its readable zone (MRZ); otherwise type the identity.',
  },
  'card.accessNeeded': {
    what: 'The chip of this document opens with its access number (CAN) or its readable zone (MRZ).',
    safe: 'Nothing was read or modified.',
    next: 'Scan the readable zone or type the number printed on the front; otherwise type the identity by hand.',
  },
  'card.accessRefused': {
    what: 'The chip does not accept this number or this readable zone.',
    safe: 'The chip is not blocked; it answers more slowly after a failure.',
    next: 'Check number, date of birth and date of expiry, then try again.',
  },
  'card.agents': {
    what: 'This card belongs to an agent of this counter.',
    safe: 'It was not read as a citizen’s.',
    next: 'Insert the citizen’s card into the other reader, or type the identity by hand.',
  },
  'mrz.malformed': {
    what: 'The text read is not a machine-readable zone (MRZ).',
    safe: 'Nothing was registered.',
    next: 'Pass the document through the reader again, the zone flat.',
  },
  'seal.notFound': {
    what: 'No digital seal on this document.',
    safe: 'Nothing was changed.',
    next: 'Scan the whole QR code, laid flat.',
  },
  'seal.malformed': {
    what: 'This QR code is not a seal of Guichet.',
    safe: 'Nothing was changed.',
    next: 'Check that it is a deposit receipt, then scan again.',
  },
  'seal.unknownKey': {
    what: 'The seal comes from a counter unknown to this workstation.',
    safe: 'Neither accepted nor declared false.',
    next: 'Synchronise the keys of the counters, then verify again.',
  },
  'seal.badSignature': {
    what: 'The seal does not match the content: the document was changed.',
    safe: 'The original act remains in the register of the counter.',
    next: 'Do not accept it; look for the act by its number.',
  },
  'printer.noService': {
    what: 'The print service does not answer on this workstation.',
    safe: 'The act is recorded; printing waits.',
    next: 'Restart the service (CUPS), or call IT support.',
  },
  'printer.none': {
    what: 'No printer for this paper[: {printer} is no longer installed].',
    safe: 'The act is recorded; printing waits.',
    next: 'Choose a printer in Devices.',
  },
  'printer.unreachable': {
    what: 'The printer[ {printer}] does not answer.',
    safe: 'The act is recorded; printing waits.',
    next: 'Check that it is on and connected; printing resumes by itself.',
  },
  'printer.noAnswer': {
    what: 'The printer[ {printer}] did not say whether it received the document.',
    safe: 'The act is recorded; nothing is printed again without you.',
    next: 'Look whether the paper came out, then answer on screen.',
  },
  'printer.refused': {
    what: 'The printer[ {printer}] refused the document.',
    safe: 'The act is recorded and its PDF is kept.',
    next: 'Look at its display, then print again (F8).',
  },
  'printer.media': {
    what: 'The printer[ {printer}] does not have this paper[ ({paper})].',
    safe: 'The act is recorded and its PDF is kept.',
    next: 'Load this paper, or choose another printer.',
  },
  'press.down': {
    what: 'The document could not be laid out; the program tries again by itself.',
    safe: 'The act is recorded, its number stands.',
    next: 'Wait a few seconds; if nothing comes out, call the administrator.',
  },
  'scanner.none': {
    what: 'No scanner is plugged in.',
    safe: 'The request at hand is kept.',
    next: 'Plug it in, or attach a file.',
  },
  'scanner.failed': {
    what: 'The scan stopped.',
    safe: 'The page is not attached; the rest is kept.',
    next: 'Lay the page flat, then scan again (F6).',
  },
  'devices.down': {
    what: 'The devices program stopped; it is restarting.',
    safe: 'The request at hand is kept.',
    next: 'Wait a few seconds, then try again.',
  },
  'training.off': {
    what: 'The simulated card exists in training mode only.',
    safe: 'Nothing was changed.',
    next: 'Insert a real card, or open the training mode.',
  },
  'device.notEnrolled': {
    what: 'This machine is not enrolled with the platform yet.',
    safe: 'Work goes on: acts are recorded here and wait.',
    next: 'An administrator enters the enrolment code under Devices.',
  },
  'device.pending': {
    what: 'The platform has not approved this machine yet.',
    safe: 'Work goes on: acts are recorded here and wait.',
    next: 'At the platform, the fingerprint shown under Devices is compared, then approved.',
  },
  'device.revoked': {
    what: 'The platform has revoked this machine: it records no more acts and sends nothing.',
    safe: 'All acts recorded before are kept here; they can be exported to a stick.',
    next: 'Call the administrator: once the machine is approved again, work resumes by itself.',
  },
  'device.codeRefused': {
    what: 'The platform does not accept this code: it is wrong, expired or was used.',
    safe: 'Nothing has changed: acts wait here.',
    next: 'Check the code, or ask for a new one for this counter.',
  },
  'device.counterTaken': {
    what: 'Another machine already holds the series of this counter.',
    safe: 'Acts are recorded here and wait; no number is given twice.',
    next: 'Ask the platform to revoke the other machine first.',
  },
} satisfies Partial<FaultSentences>
