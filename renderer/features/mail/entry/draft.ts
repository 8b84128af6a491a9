import type { DigitalItemView } from '#shared/contract/features/mail/digital.ts'
import type { LetterView, MailSettings } from '#shared/contract/features/mail/views.ts'
import type {
  confidentialities,
  Correspondent,
  letterModes,
  LetterRegister,
  TypedLetter,
  urgencies,
} from '#shared/domain/mail/letter.ts'
import { readTypedDate } from '#shared/domain/mail/typedDate.ts'
import type { RegisterNumber } from '#shared/ids.ts'

export const languagesOfLetters = ['none', 'fr', 'ar', 'arfr', 'en'] as const

/** A letter as it is being typed: dates and enclosures as they stand in their fields. */
export interface EntryDraft {
  register: LetterRegister
  mode: (typeof letterModes)[number]
  /** Who wrote; of a departure, who is written to. */
  party: string
  /** The body that was taken from what was proposed, as long as `party` is one of its names. */
  body: Correspondent | undefined
  reference: string
  letterDate: string
  /** As the letter has its date, where that was converted. */
  letterDateWritten: string
  receivedOn: string
  subject: string
  kind: string
  /** A code of a service; empty for later. */
  service: string
  urgency: (typeof urgencies)[number]
  level: (typeof confidentialities)[number]
  /** `auto` until somebody says it: by the script of what was typed. */
  language: (typeof languagesOfLetters)[number] | 'auto'
  sealed: boolean
  enclosures: string
  postalNumber: string
  /** Of what came by the national digital mail office: the number that it gave. */
  digitalNumber: string
  note: string
  inReplyTo: RegisterNumber | undefined
  /** Of a departure: as the letter that is answered has it (V/Réf). */
  theirReference: string
}

export const blankDraft = (): EntryDraft => ({
  register: 'arrival',
  mode: 'post',
  party: '',
  body: undefined,
  reference: '',
  letterDate: '',
  letterDateWritten: '',
  receivedOn: '',
  subject: '',
  kind: 'letter',
  service: '',
  urgency: 'normal',
  level: 'none',
  language: 'auto',
  sealed: false,
  enclosures: '',
  postalNumber: '',
  digitalNumber: '',
  note: '',
  inReplyTo: undefined,
  theirReference: '',
})

/** The letter of ours that answers one that came in: to whom, of which service, at which level. */
export const replyTo = ({ number, letter, confidentiality }: LetterView): EntryDraft => ({
  ...blankDraft(),
  register: 'departure',
  party: letter.sender.name,
  body: letter.sender,
  subject: letter.subject,
  service: letter.service ?? '',
  level: confidentiality,
  inReplyTo: number,
  theirReference: letter.reference ?? '',
})

const typedDay = (iso: string): string => iso.split('-').toReversed().join('/')

/** What waits at the digital mail office, as the arrival that it becomes: it came on the day on which it was handed in there. */
export const arrivalOf = (item: DigitalItemView): EntryDraft => ({
  ...blankDraft(),
  mode: 'digital',
  party: item.sender.name,
  body: item.sender,
  reference: item.reference ?? '',
  letterDate: item.letterDate === undefined ? '' : typedDay(item.letterDate),
  receivedOn: typedDay(item.on),
  subject: item.subject,
  level: item.confidentiality,
  digitalNumber: item.number,
  note: item.address ?? '',
})

/** What the next letter begins with: the register goes on, and with `bulk` the sender and what is usual of him. */
export const draftAfter = ({ register, mode, receivedOn, ...last }: EntryDraft, bulk: boolean): EntryDraft => ({
  ...blankDraft(),
  register,
  mode,
  receivedOn,
  ...(bulk
    ? { party: last.party, body: last.body, kind: last.kind, service: last.service, letterDate: last.letterDate }
    : {}),
})

const repeated = [
  'party',
  'letterDate',
  'subject',
  'kind',
  'service',
  'mode',
  'urgency',
  'level',
  'enclosures',
  'note',
] as const
/** What was left as it is at the beginning takes the value of the letter before; references never repeat. */
export function withRepeated(draft: EntryDraft, last: EntryDraft): EntryDraft {
  const blank = blankDraft()
  const taken = repeated.filter((key) => draft[key] === blank[key])
  return {
    ...draft,
    ...Object.fromEntries(taken.map((key) => [key, last[key]])),
    ...(taken.includes('party') ? { body: last.body } : {}),
    ...(taken.includes('letterDate') ? { letterDateWritten: last.letterDateWritten } : {}),
  }
}

/** `2 plans ; 1 note, photo`: count, then name; one where no count is said. Nothing where a part has no name. */
export function readEnclosures(typed: string): { label: string; count: number }[] | undefined {
  const parts = typed
    .split(/[;,،؛]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const read = parts.flatMap((part) => {
    const match = /^(?<count>\d{1,4})?\s*(?<label>\p{L}.*)$/u.exec(part)?.groups
    return match?.label === undefined ? [] : [{ label: match.label, count: Math.max(1, Number(match.count ?? 1)) }]
  })
  return read.length === parts.length ? read : undefined
}

/** In which language a letter seems to be, by the script of what was typed. */
export function languageOf(text: string): (typeof languagesOfLetters)[number] {
  const [arabic, latin] = [/\p{Script=Arabic}/u.test(text), /\p{Script=Latin}{3}/u.test(text)]
  return arabic && latin ? 'arfr' : arabic ? 'ar' : latin ? 'fr' : 'none'
}
const codeOf = { none: undefined, fr: 'fr', ar: 'ar', arfr: 'ar+fr', en: 'en' } as const
export const languageSaid = ({ language, party, subject }: EntryDraft): (typeof languagesOfLetters)[number] =>
  language === 'auto' ? languageOf(`${party} ${subject}`) : language

export type Problem = 'needed' | 'dateBad' | 'dateToCome' | 'hijriNeeded' | 'enclosuresBad'
export type EntryField =
  'party' | 'subject' | 'letterDate' | 'receivedOn' | 'enclosures' | 'reference' | 'service' | 'postalNumber' | 'note'
export type Problems = Partial<Record<EntryField, Problem>>

const dateProblem = (typed: string, today: string): Problem | undefined => {
  const read = readTypedDate(typed, today)
  if (read.kind === 'bad') return 'dateBad'
  if (read.kind === 'hijri') return 'hijriNeeded'
  return read.kind === 'day' && read.iso > today ? 'dateToCome' : undefined
}

/** What keeps a draft from being registered, by field. */
export function problemsOf(draft: EntryDraft, settings: Pick<MailSettings, 'fields' | 'today'>): Problems {
  const { today, fields } = settings
  const choosable = ['reference', 'letterDate', 'service', 'postalNumber', 'note', 'enclosures'] as const
  const needed: readonly EntryField[] = ['party', 'subject', ...choosable.filter((key) => fields[key] === 'required')]
  const found: readonly (readonly [EntryField, Problem | undefined])[] = [
    ['letterDate', dateProblem(draft.letterDate, today)],
    ['receivedOn', dateProblem(draft.receivedOn, today)],
    ['enclosures', readEnclosures(draft.enclosures) === undefined ? 'enclosuresBad' : undefined],
    ...needed.map((key) => [key, draft[key].trim() === '' ? ('needed' as const) : undefined] as const),
  ]
  return Object.fromEntries(found.filter(([, problem]) => problem !== undefined))
}

/** Who a letter is from or to: the body that was taken, else the name as it was typed. */
const partyOf = ({ party, body }: EntryDraft): Correspondent =>
  body !== undefined && (body.name === party || body.nameAr === party) ? body : { name: party.trim() }

/**
 * The letter that a draft is, once nothing keeps it from being one.
 * @param house who writes where a letter goes out
 */
export function letterOf(draft: EntryDraft, today: string, house: Correspondent): TypedLetter {
  const read = readTypedDate(draft.letterDate, today)
  const received = readTypedDate(draft.receivedOn, today)
  const departure = draft.register === 'departure'
  const optional = {
    reference: draft.reference.trim(),
    theirReference: departure ? draft.theirReference.trim() : '',
    letterDate: read.kind === 'day' ? read.iso : '',
    letterDateWritten: draft.letterDateWritten,
    language: codeOf[languageSaid(draft)] ?? '',
    service: draft.service,
    postalNumber: draft.postalNumber.trim(),
    digitalNumber: draft.mode === 'digital' ? draft.digitalNumber.trim() : '',
    note: draft.note.trim(),
  }
  return {
    register: draft.register,
    receivedOn: received.kind === 'day' ? received.iso : today,
    mode: draft.mode,
    sender: departure ? house : partyOf(draft),
    ...(departure ? { recipients: [partyOf(draft)] } : {}),
    subject: draft.subject.trim(),
    kind: draft.kind,
    urgency: draft.urgency,
    confidentiality: draft.level,
    sealed: draft.sealed,
    enclosures: readEnclosures(draft.enclosures) ?? [],
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== '')),
    ...(draft.inReplyTo === undefined ? {} : { inReplyTo: draft.inReplyTo }),
  }
}
