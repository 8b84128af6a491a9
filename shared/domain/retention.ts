import { z } from 'zod'

/**
 * Personal data that end by themselves, each kind with a term of its own (law 09-08: no longer than the purpose needs).
 */
export const wipedKinds = [
  'draft',
  'looseFile',
  'sentFile',
  'printing',
  'sentAct',
  'person',
  'appointment',
  'disposition',
  'backup',
] as const
export const wipedKind = z.enum(wipedKinds)
export type WipedKind = z.infer<typeof wipedKind>

/** What the register keeps besides: acts and proofs without a person's identity, and what the counter itself needs. */
export const keptKinds = ['register', 'journal', 'account', 'reference', 'device'] as const
export type KeptKind = (typeof keptKinds)[number]

/** Why there is this term: a law, or a decision that the office may change. */
export type Ground = '09-08' | '55-19' | '69-99' | 'office'

/**
 * One rule. The term runs in days from `from`; the platform may set it between `least` and `most`. Before `least` the
 * law still needs
 * the data: not even a request of the person ends them earlier.
 */
export interface RetentionRule {
  readonly days: number
  readonly least: number
  readonly most: number
  readonly from: 'saved' | 'added' | 'stored' | 'ended' | 'answered' | 'lastDay' | 'held' | 'decided' | 'made'
  readonly grounds: readonly Ground[]
}

/**
 * The terms of a counter that was told none. Each also waits until the platform holds what they concern:
 * nothing that was not yet sent is ever wiped.
 */
export const retentionRules: Readonly<Record<WipedKind, RetentionRule>> = {
  /** What an agent filled in and nobody deposited. */
  draft: { days: 7, least: 1, most: 30, from: 'saved', grounds: ['09-08', 'office'] },
  /** Files that no act refers to. */
  looseFile: { days: 7, least: 1, most: 30, from: 'added', grounds: ['09-08', 'office'] },
  /** Files of acts, once the platform has confirmed their bytes. */
  sentFile: { days: 30, least: 1, most: 365, from: 'stored', grounds: ['09-08', 'office'] },
  /** Words about a print job: the reason of a duplicate, what the printer said. */
  printing: { days: 90, least: 1, most: 365, from: 'ended', grounds: ['09-08', 'office'] },
  /** The copy of an act as it was sent; kept for a platform that has to be filled again. */
  sentAct: { days: 180, least: 30, most: 730, from: 'answered', grounds: ['09-08', 'office'] },
  /** Who deposited: the extract of the identity, the facts, seal and paper of the receipt. */
  person: { days: 1_825, least: 365, most: 10_950, from: 'lastDay', grounds: ['55-19', '69-99', '09-08'] },
  /** Who was to come, from the platform: the hall needs it on the day. */
  appointment: { days: 7, least: 1, most: 30, from: 'held', grounds: ['09-08', 'office'] },
  /** What was decided of a letter, from the platform, which keeps it. */
  disposition: { days: 365, least: 30, most: 730, from: 'decided', grounds: ['09-08', 'office'] },
  /** Copies of the whole register, which still hold what was wiped since. */
  backup: { days: 30, least: 14, most: 90, from: 'made', grounds: ['09-08', 'office'] },
}

/** The terms that a platform sets, in days. */
export const retentionTerms = z
  .object({
    draft: term('draft'),
    looseFile: term('looseFile'),
    sentFile: term('sentFile'),
    printing: term('printing'),
    sentAct: term('sentAct'),
    person: term('person'),
    appointment: term('appointment'),
    disposition: term('disposition'),
    backup: term('backup'),
  })
  .partial()
export type RetentionTerms = z.infer<typeof retentionTerms>

function term(kind: WipedKind): z.ZodNumber {
  return z.int().min(retentionRules[kind].least).max(retentionRules[kind].most)
}

/** The term in force, in days. */
export const termOf = (kind: WipedKind, set: RetentionTerms): number => set[kind] ?? retentionRules[kind].days

/**
 * Every table of the register, every column under the rule that ends it or the reason that keeps it. A column that is
 * not here turns
 * `retention.test.ts` red: whoever adds one says how long it stays.
 */
export const columnsOfKinds: Readonly<Record<string, Partial<Record<WipedKind | KeptKind, readonly string[]>>>> = {
  account_cards: {
    account: ['login', 'mark', 'key_mark', 'pin_key_mark', 'profile', 'access', 'bound_at', 'bound_by'],
  },
  act_files: { sentAct: ['sha256'], register: ['seq'] },
  accounts: {
    account: [
      'login',
      'name',
      'code',
      'roles',
      'language',
      'verifier',
      'valid_until',
      'wrong_tries',
      'locked_until',
      'verifier_sha256',
      'account_key',
      'ended_at',
      'last_sign_in_at',
      'card_required',
    ],
  },
  archive_decisions: {
    register: ['command_id', 'list_id', 'what', 'reference', 'given_on', 'agent', 'at', 'journal_seq'],
  },
  archive_letters: { register: ['list_id', 'place', 'letter_id', 'class', 'files', 'standing'] },
  archive_lists: { register: ['id', 'command_id', 'kind', 'rank', 'digest', 'agent', 'at', 'journal_seq'] },
  appointments: { appointment: ['id', 'starts_at', 'body'] },
  attachments: { sentFile: ['sha256', 'mime', 'added_at'] },
  calendars: { reference: ['key', 'body'] },
  closings: {
    register: ['id', 'position', 'day', 'ordinal', 'facts', 'hash', 'anchor', 'closed_at', 'journal_seq'],
  },
  country_signers: {
    device: ['fingerprint', 'country', 'subject', 'valid_from', 'valid_until', 'der', 'file', 'added_at', 'added_by'],
  },
  complements: { person: ['pieces'], register: ['command_id', 'request_id', 'agent', 'at', 'journal_seq'] },
  counter_keys: { device: ['kid', 'private_pkcs8', 'made_at'] },
  // What waits is the platform's; it ends with its line or its withdrawal.
  digital_items: {
    reference: ['number', 'handed_in', 'level', 'body', 'ready', 'fault', 'tried_at'],
    register: ['id', 'letter_id'],
  },
  drafts: { draft: ['login', 'kind', 'id', 'revision', 'writer', 'body', 'saved_at', 'person', 'citizen'] },
  envelopes: { sentAct: ['envelope'], register: ['seq'] },
  // A row of `files` goes with the last row that names it, and the bytes beside the register with it.
  files: { sentFile: ['sha256', 'size', 'added_at'] },
  heads: { journal: ['series', 'seq', 'hash', 'signed_at', 'log_size', 'log_root', 'statement'] },
  identities: {
    person: ['request_id', 'kept', 'source', 'read_at', 'signature', 'name_key', 'native_key', 'document_key'],
  },
  journal: { journal: ['seq', 'at', 'hlc', 'actor', 'kind', 'subject', 'body', 'prev', 'hash'] },
  // Archives (law 69-99): registers end by an approved list alone, never by a term of ours.
  correspondents: { register: ['key', 'key_ar', 'body'] },
  letter_acknowledgements: {
    register: ['command_id', 'letter_id', 'signed_on', 'agent', 'at', 'day', 'journal_seq'],
  },
  letter_additions: {
    register: ['command_id', 'letter_id', 'sha256', 'name', 'mime', 'agent', 'at', 'day', 'journal_seq'],
  },
  letter_cancellations: { register: ['command_id', 'letter_id', 'reason', 'agent', 'at', 'day', 'journal_seq'] },
  letter_classes: { register: ['command_id', 'letter_id', 'class', 'agent', 'at', 'journal_seq'] },
  letter_codes: { register: ['codes'] },
  letter_files: { register: ['letter_id', 'rank', 'sha256', 'name', 'mime'] },
  letter_holds: {
    register: [
      'command_id',
      'letter_id',
      'reason',
      'agent',
      'at',
      'journal_seq',
      'released_id',
      'released_by',
      'released_at',
      'released_seq',
    ],
  },
  letter_moves: { register: ['letter_id', 'at', 'slip_id', 'service', 'agent', 'journal_seq'] },
  letter_references: {
    register: ['seq', 'command_id', 'text', 'key', 'service', 'answers', 'agent', 'at', 'day', 'letter_id'],
  },
  letter_reminders: { register: ['letter_id', 'reminder_id'] },
  letter_requests: { register: ['request_id', 'letter_id', 'number', 'agent', 'at', 'journal_seq'] },
  letter_routings: { register: ['command_id', 'letter_id', 'body', 'agent', 'at', 'day', 'journal_seq'] },
  letter_texts: { register: ['letter_id', 'text', 'read_at'] },
  letter_words: { register: ['words', 'scans'] },
  letters: {
    register: [
      'seq',
      'id',
      'command_id',
      'register',
      'number',
      'day',
      'registered_at',
      'late',
      'level',
      'body',
      'content',
      'sender_key',
      'reference_key',
      'subject_key',
      'label',
      'answers',
      'agent',
      'state',
      'service',
      'due_on',
      'holder',
      'holder_since',
      'journal_seq',
      'class',
      'list_id',
      'destroyed',
    ],
  },
  letters_unread: { register: ['letter_id'] },
  mail_closings: { register: ['id', 'position', 'period', 'facts', 'hash', 'agent', 'at', 'journal_seq'] },
  mail_imports: { register: ['id', 'at', 'agent', 'sha256', 'taken', 'after_seq', 'undone_at'] },
  mail_dispositions: { disposition: ['id', 'number', 'decided_at', 'body'] },
  migrations: { device: ['version', 'name', 'sha256', 'applied_at'] },
  old_letter_words: { register: ['words'] },
  old_letters: { register: ['seq', 'import_id', 'register', 'number', 'day', 'body'] },
  outbox: {
    sentAct: ['answer', 'asked'],
    register: [
      'seq',
      'id',
      'type',
      'number',
      'request_id',
      'sha256',
      'created_at',
      'state',
      'attempts',
      'last_attempt_at',
      'platform_number',
      'fault',
      'answered_at',
      'wiped_at',
    ],
  },
  papers: {
    // What a paper says of a person: of a receipt and of a statement to him. Those of the office name nobody.
    person: ['facts', 'seal', 'file_sha256'],
    register: ['id', 'kind', 'subject', 'number', 'rank', 'replaces', 'template', 'size', 'made_at', 'wiped_at'],
  },
  parked_changes: { reference: ['id', 'body'] },
  print_jobs: {
    printing: ['mark', 'message'],
    register: [
      'id',
      'paper_id',
      'copy',
      'medium',
      'printer',
      'spooler_job',
      'state',
      'reasons',
      'queued_at',
      'ended_at',
    ],
  },
  procedure_entries: { reference: ['id', 'code', 'version', 'titles'] },
  procedure_words: { reference: ['titles', 'words'] },
  procedures: { reference: ['code', 'version', 'body', 'withdrawn'] },
  refusals: { register: ['seq', 'code', 'field'] },
  reissues: { register: ['id', 'request_id', 'rank', 'command_id', 'complete', 'last_day'] },
  reopenings: { register: ['command_id', 'closing_id', 'reason', 'agent', 'witness', 'at', 'journal_seq'] },
  reminders: { register: ['id', 'command_id', 'rank', 'service', 'agent', 'at', 'journal_seq'] },
  repairs: {
    sentAct: ['draft'],
    register: ['command_id', 'act_id', 'kind', 'reason', 'agent', 'witness', 'at', 'journal_seq'],
  },
  requests: {
    person: ['draft'],
    register: [
      'id',
      'command_id',
      'year',
      'sequence',
      'number',
      'deposited_at',
      'day',
      'procedure',
      'procedure_version',
      'complete',
      'last_day',
      'agent',
      'journal_seq',
      'wiped_at',
    ],
  },
  series: { register: ['counter', 'register', 'year', 'last'] },
  settings: { device: ['key', 'value'] },
  slips: {
    register: [
      'id',
      'command_id',
      'rank',
      'service',
      'agent',
      'at',
      'received_by',
      'received_at',
      'receipt_id',
      'journal_seq',
    ],
  },
  staged_files: { sentFile: ['sha256', 'mime', 'bytes', 'added_at'] },
  uploads: { sentFile: ['sha256', 'seq', 'url', 'stored_at', 'tries', 'fault', 'not_before'] },
}
