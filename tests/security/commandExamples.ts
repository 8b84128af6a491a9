import { marks } from '#tests/builders/markedCitizen.ts'

/**
 * Commands that open no register, or answer with numbers, codes and hashes; and how each other one is asked. `NUMBER` is
 * that of a deposit, `LETTER` that of a letter, `OUT` a folder that is empty.
 */
export const commandExamples: Readonly<Record<string, string | readonly string[]>> = {
  'card readers': 'names of readers',
  'card read': 'the card that its holder put before this machine; no register is opened',
  'mrz parse': 'what was typed to it',
  'receipt verify': 'the paper that was given to it',
  'outbox drain': 'needs a platform, answers with counts',
  'outbox export': 'a sealed file for the platform',
  'outbox import-answers': 'answers with counts',
  'register begin': 'there is a register already',
  'platform trust': 'an address and a key',
  'db restore': 'takes the place of the register',
  'db set-aside': 'moves the register',
  'reference list': 'sheets and calendars',
  'trust list': 'countries and their certificates',
  'trust add': 'countries and their certificates',
  'trust remove': 'countries and their certificates',
  'db backup': 'an encrypted copy',
  'device enrol': 'needs a platform',
  'device show': 'this machine',
  demo: 'the citizen of the demonstration',
  doctor: 'counts',
  'db move-out': 'an encrypted copy, and counts',
  'db move-in': 'takes the place of the register, answers with counts',
  'db rollback': 'takes the place of the register',
  support: ['--out', 'OUT/support.tar.gz'],
  'recovery key': 'a key of the office',
  'db recover': 'opens the register and answers with counts',
  provision: 'settings and an office file; no register is opened',
  intake: ['--login', 'agent'],
  complement:
    'a number and pieces of its sheet; the call that it asks is walked above, and its paper is the citizen’s own',
  'receipt signature': ['NUMBER', '--login', 'agent'],
  'person find': ['--number', 'NUMBER', '--login', 'supervisor'],
  'person export': ['--number', 'NUMBER', '--login', 'supervisor', '--out', 'OUT'],
  'person erase': [
    ...['--number', 'NUMBER', '--login', 'supervisor', '--second', 'agent'],
    ...['--right', 'rectification', '--reason', 'demande écrite', '--out', 'OUT'],
  ],
  'mail register': 'numbers and ids; the call that it asks is walked above',
  'mail search': [marks.familyName, '--login', 'agent'],
  'mail show': ['LETTER', '--login', 'agent'],
  'mail cancel': 'the call that it asks is walked above',
  'mail route': 'the call that it asks is walked above',
  'mail close': 'figures; its paper is for the office, and the call is walked above',
  'mail package': ['--out', 'OUT/bag', '--login', 'supervisor'],
  'mail digital list': ['--login', 'supervisor'],
  'mail digital take': 'a number and an id; the call that it asks is walked above',
  'mail archive due': ['--class', 'C1', '--login', 'supervisor'],
  ...Object.fromEntries(
    ['transfer', 'propose', 'received', 'approve', 'withdraw', 'destroy', 'hold', 'release', 'classify'].map((word) => [
      `mail archive ${word}`,
      'numbers; the call that it asks is walked over in `personSeenWithoutTrace.test.ts`',
    ]),
  ),
  'mail import': 'counts and places of rows',
  'mail undo-import': 'a count',
  'mail propose': 'the file that was given to it',
  'mail separators': 'sheets that separate letters',
  'mail labels': 'numbers',
  'mail split': 'places of pages and codes of the file that was given to it',
  'mail stamp': 'the file that was given to it',
  'post check': 'a number that was typed to it',
  ...Object.fromEntries(
    ['init', 'run', 'open', 'status', 'take-over', 'close', 'log', 'replay'].map((word) => [
      `hall ${word}`,
      'numbers of tickets and counters; no register is opened',
    ]),
  ),
  ...Object.fromEntries(
    ['issue', 'call', 'done', 'recall', 'return', 'park', 'missed', 'transfer'].map((word) => [
      `ticket ${word}`,
      'numbers of tickets and counters; no register is opened',
    ]),
  ),
  ...Object.fromEntries(
    ['book', 'list', 'move', 'cancel', 'check-in', 'export'].map((word) => [
      `appointment ${word}`,
      'hours and services; no register is opened',
    ]),
  ),
  'correction list': [],
  'outbox status': [],
  'journal verify': [],
  'journal export': ['--out', 'OUT/journal.jsonl'],
  'db check': [],
}
