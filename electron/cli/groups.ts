import type { CommandGroup } from './command.ts'

/** Every first word of the command line. A group's module is read only when its word is typed. */
export const groups: readonly CommandGroup[] = [
  { word: 'card', summary: 'readers and cards', load: async () => (await import('./card.ts')).cardCommands },
  { word: 'mrz', summary: 'machine-readable zones', load: async () => (await import('./mrz.ts')).mrzCommands },
  {
    word: 'intake',
    summary: 'take in a request, issue its receipt',
    load: async () => [(await import('./intake.ts')).intake],
  },
  {
    word: 'complement',
    summary: 'what an incomplete deposit lacks, and its one complement',
    load: async () => [(await import('./complement.ts')).complement],
  },
  {
    word: 'mail',
    summary: 'the mail office: registers, stacks, labels, stamps',
    load: async () => [
      ...(await import('./mail.ts')).mailCommands,
      ...(await import('./mailImport.ts')).mailImportCommands,
      ...(await import('./mailDigital.ts')).mailDigital,
      (await import('./mailPackage.ts')).mailPackage,
      ...(await import('./mailArchive.ts')).mailArchive,
      ...(await import('./mailStack.ts')).mailStackCommands,
      (await import('./mailStamp.ts')).mailStamp,
      (await import('./mailPropose.ts')).mailPropose,
    ],
  },
  {
    word: 'post',
    summary: 'numbers of registered post',
    load: async () => [(await import('./post.ts')).postCheck],
  },
  {
    word: 'receipt',
    summary: 'receipts and their seals',
    load: async () => (await import('./receipt.ts')).receiptCommands,
  },
  {
    word: 'outbox',
    summary: 'acts on their way to the platform',
    load: async () => [
      ...(await import('./outbox.ts')).outboxCommands,
      ...(await import('./carrier.ts')).carrierCommands,
    ],
  },
  {
    word: 'correction',
    summary: 'acts that the platform refused',
    load: async () => (await import('./correction.ts')).correctionCommands,
  },
  {
    word: 'reference',
    summary: 'what the feed of the platform brought',
    load: async () => (await import('./reference.ts')).referenceCommands,
  },
  {
    word: 'person',
    summary: 'what is held on a person: copy, erasure (law 09-08)',
    load: async () => (await import('./person.ts')).personCommands,
  },
  {
    word: 'hall',
    summary: 'the queue of the office: a station of its network',
    load: async () => (await import('./hall.ts')).hallCommands,
  },
  {
    word: 'ticket',
    summary: 'tickets of the hall: issue, call, done and what lies between',
    load: async () => (await import('./ticket.ts')).ticketCommands,
  },
  {
    word: 'appointment',
    summary: 'appointments of the hall',
    load: async () => (await import('./appointment.ts')).appointmentCommands,
  },
  {
    word: 'journal',
    summary: 'the tamper-evident journal',
    load: async () => (await import('./register.ts')).journalCommands,
  },
  {
    word: 'register',
    summary: 'the first start of a counter',
    load: async () => (await import('./office.ts')).registerCommands,
  },
  {
    word: 'platform',
    summary: 'which platform this counter knows',
    load: async () => (await import('./office.ts')).platformCommands,
  },
  { word: 'db', summary: "the register's file", load: async () => (await import('./register.ts')).databaseCommands },
  {
    word: 'device',
    summary: 'this machine towards the platform',
    load: async () => (await import('./device.ts')).deviceCommands,
  },
  {
    word: 'trust',
    summary: 'the countries whose documents are believed',
    load: async () => (await import('./trust.ts')).trustCommands,
  },
  {
    word: 'recovery',
    summary: "the office's recovery key",
    load: async () => (await import('./recovery.ts')).recoveryCommands,
  },
  {
    word: 'provision',
    summary: 'settings and office file of the whole machine',
    load: async () => [(await import('./provision.ts')).provision],
  },
  {
    word: 'support',
    summary: 'one file for support: logs, versions, settings, doctor',
    load: async () => [(await import('./support.ts')).support],
  },
  {
    word: 'doctor',
    summary: 'what works on this machine, and what to do about the rest',
    load: async () => [(await import('./doctor.ts')).doctor],
  },
  {
    word: 'demo',
    summary: 'the whole job once, with a simulated card',
    load: async () => [(await import('./demo.ts')).demo],
  },
]
