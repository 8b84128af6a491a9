import type { KnownReference, LetterLine, MailSettings } from '#shared/contract/features/mail/views.ts'
import { levelOf, type Confidentiality, type TypedLetter } from '#shared/domain/mail/letter.ts'
import type { UnusedReason } from '#shared/domain/mail/ownReference.ts'
import type { LetterNote, Proposals } from '#shared/domain/mail/proposal/reading.ts'
import type { SplitStack, StackDocument, StopReason } from '#shared/domain/mail/stackRules.ts'
import { readTypedDate } from '#shared/domain/mail/typedDate.ts'
import type { Fault } from '#shared/fault.ts'
import { registerNumber, type RegisterNumber, type Sha256 } from '#shared/ids.ts'
import { blankDraft, problemsOf, type EntryDraft, type Problem } from '../entry/draft.ts'

/** What is read in a letter and proposed, by the field that it fills. */
export const proposedFields = ['party', 'reference', 'letterDate', 'subject'] as const
export type ProposedField = (typeof proposedFields)[number]
/** How sure a proposal is, and whether somebody took it; a field that was typed has none. */
interface Mark {
  readonly confidence: number
  readonly accepted: boolean
}

/** A file that was handed in: a stack with the balance of its faces, or a file that came by itself. */
export interface Source {
  readonly id: number
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Nothing where it has no faces. */
  readonly balance?: SplitStack['balance']
}
/** A place where somebody has to look. */
export interface Stop {
  readonly source: number
  /** From 1. */
  readonly page: number
  readonly why: StopReason
}
interface Returned {
  readonly text: string
  /**
   * `open`: its departure is registered with this scan; `setAside`: though somebody said that none would be. `sent`: it
   * was, under `departure`; `hidden`: under a number that who is here may not see. `unknown`: not given here. `posted`:
   * the acknowledgement of `departure`, by the number of its item; `acknowledged`: it has one already.
   */
  readonly is: 'unasked' | 'setAside' | 'posted' | 'acknowledged' | KnownReference['is']
  readonly departure?: RegisterNumber | undefined
  readonly setAside?: UnusedReason | undefined
}
/** One letter of a stack, on its way into the register. */
export interface StackLetter {
  readonly id: number
  readonly source: number
  /** Of its source; none where that has no faces. */
  readonly pages: readonly number[]
  readonly sha256: Sha256
  /** Of its file, as the register will show it. */
  readonly name: string
  readonly label?: string | undefined
  /** Numbers of letters of ours that are coded on it, and codes of others. */
  readonly numbers: readonly string[]
  readonly foreign: readonly string[]
  /** Numbers of registered items that are coded on it. */
  readonly posted: readonly string[]
  /** The first reference of ours that is coded on it, or the number of a registered item of ours, and what is known of that: a letter that was signed comes back. */
  readonly returned?: Returned | undefined
  /** The departure that it is added to as it comes back, in place of a line of its own. */
  readonly joins?: RegisterNumber | undefined
  /** The day that stands on an acknowledgement, as it is typed. */
  readonly signedOn: string
  readonly draft: EntryDraft
  readonly marks: Readonly<Partial<Record<ProposedField, Mark>>>
  readonly notes: readonly LetterNote[]
  readonly reading: 'waits' | 'now' | 'done' | 'failed'
  readonly likes: readonly LetterLine[]
  readonly registered?: { readonly number: RegisterNumber; readonly duplicates: readonly RegisterNumber[] }
  readonly fault?: Fault | undefined
}

/** What was read with difficulty, or not at all: somebody looks at the letter itself. */
const hard: readonly LetterNote[] = ['hardToRead', 'pageTorn', 'noText', 'encodingLost', 'tooDeep', 'tooMany']
/** Below this somebody has to look (`shared/domain/mail/proposal/reading.ts`). */
export const sureFrom = 0.5

/** A letter as it comes from its stack, before anything of it was read. */
export function letterFrom(
  found: Omit<StackDocument, 'pages'> & { readonly sha256: Sha256; readonly pages: readonly number[] },
  as: { readonly id: number; readonly source: Source; readonly whole: boolean },
): StackLetter {
  const { name } = as.source
  const [first, last] = [found.pages[0], found.pages.at(-1)]
  const dot = name.lastIndexOf('.')
  const range = first === last ? String(first) : `${String(first)}-${String(last)}`
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  return {
    id: as.id,
    source: as.source.id,
    pages: found.pages,
    sha256: found.sha256,
    name: as.whole || first === undefined ? name.slice(-255) : `${stem.slice(0, 200)} ${range}${end.slice(0, 20)}`,
    label: found.label,
    numbers: found.numbers ?? [],
    foreign: found.foreign ?? [],
    posted: found.posted ?? [],
    signedOn: '',
    ...(found.references?.[0] === undefined ? {} : { returned: { text: found.references[0], is: 'unasked' } }),
    draft: {
      ...blankDraft(),
      mode: /\.(?:eml|msg)$/iu.test(name) ? 'email' : 'post',
      service: found.service ?? '',
      level: found.confidentiality ?? 'none',
    },
    marks: {},
    notes: [],
    reading: 'waits',
    likes: [],
  }
}

/**
 * A letter of ours that comes back signed is the departure that was begun under its reference, at the higher level; one
 * that left already is added to its departure.
 */
export const withReturned = (letter: StackLetter, returned: Returned, begun?: EntryDraft): StackLetter => ({
  ...letter,
  returned,
  joins: returned.departure,
  ...(begun === undefined
    ? {}
    : { draft: { ...begun, mode: letter.draft.mode, level: higher(letter.draft.level, begun.level) } }),
})

/** Proposals fill what nobody filled yet, each marked as one. */
export function withProposals(letter: StackLetter, read: Proposals, notes: readonly LetterNote[]): StackLetter {
  const found = { party: read.sender, reference: read.reference, letterDate: read.date, subject: read.subject }
  // Of a letter of ours the letterhead is our own.
  const own = letter.draft.register === 'departure'
  const fills = proposedFields.flatMap((field) => {
    const one = found[field]
    if (one === undefined || (own && (field === 'party' || field === 'reference')) || letter.draft[field] !== '')
      return []
    const value = field === 'letterDate' ? one.value.split('-').toReversed().join('/') : one.value
    return [{ field, value, mark: { confidence: one.confidence, accepted: false } }]
  })
  return {
    ...letter,
    reading: 'done',
    notes,
    draft: { ...letter.draft, ...Object.fromEntries(fills.map(({ field, value }) => [field, value])) },
    marks: { ...letter.marks, ...Object.fromEntries(fills.map(({ field, mark }) => [field, mark])) },
  }
}

/** What is typed replaces a proposal; what is set beside it leaves it. */
export function withTyped(letter: StackLetter, to: Partial<EntryDraft>): StackLetter {
  const typed = proposedFields.filter((field) => field in to && to[field] !== letter.draft[field])
  return {
    ...letter,
    draft: { ...letter.draft, ...to },
    marks: Object.fromEntries(Object.entries(letter.marks).filter(([field]) => !typed.some((one) => one === field))),
  }
}

/** The letters that wait for what is decided at a place: its own; beside a sheet that cannot be read, both. */
export function waitFor(stop: Stop, letters: readonly StackLetter[]): readonly StackLetter[] {
  const here = letters.filter(({ source, pages }) => source === stop.source && pages.length > 0)
  const own = here.find(({ pages }) => pages.includes(stop.page))
  if (own !== undefined) return [own]
  const before = here.findLast(({ pages }) => (pages[0] ?? 0) < stop.page)
  const after = here.find(({ pages }) => (pages[0] ?? 0) > stop.page)
  const meant = stop.why === 'unreadableSeparator' ? [before, after] : [after ?? before]
  return meant.filter((one) => one !== undefined)
}
/** Where a letter can be cut at a stop, and whether there is something to keep together. */
export function verbsAt(
  stop: Stop,
  letters: readonly StackLetter[],
): { readonly cut: boolean; readonly keep: boolean } {
  const waiting = waitFor(stop, letters)
  if (stop.why === 'unreadableSeparator') return { cut: true, keep: waiting.length === 2 }
  return { cut: waiting[0]?.pages.slice(1).includes(stop.page) === true, keep: true }
}

export type StackState = 'registered' | 'stopped' | 'reading' | 'sure' | 'check'
type Settings = Pick<MailSettings, 'fields' | 'today'>
/** Fields whose proposal somebody has to look at. */
export const doubtsOf = ({ marks }: StackLetter): readonly ProposedField[] =>
  proposedFields.filter((field) => marks[field]?.accepted === false && marks[field].confidence < sureFrom)
/** Whether a letter is added to its departure as it stands: an acknowledgement, once its day was typed. */
const isJoining = ({ joins, returned, signedOn }: StackLetter, { today }: Settings): boolean =>
  joins !== undefined && (returned?.is !== 'posted' || signedProblem(signedOn, today) === undefined)
/** What is wrong with the day that somebody read on an acknowledgement. */
export const signedProblem = (signedOn: string, today: string): Problem | undefined => {
  const read = readTypedDate(signedOn, today)
  if (read.kind === 'none') return 'needed'
  if (read.kind !== 'day') return 'dateBad'
  return read.iso > today ? 'dateToCome' : undefined
}
/** Whether nothing keeps a letter from being registered by whoever looks at it. */
export const isReady = (letter: StackLetter, stopped: boolean, settings: Settings): boolean =>
  !stopped &&
  letter.registered === undefined &&
  // It is in the register already: somebody who may see it adds the scan there.
  letter.returned?.is !== 'hidden' &&
  (isJoining(letter, settings) ||
    (letter.joins === undefined &&
      doubtsOf(letter).length === 0 &&
      Object.keys(problemsOf(letter.draft, settings)).length === 0))
/** How a letter stands; `sure` is what may be registered with the others that are. */
export function stateOf(letter: StackLetter, stopped: boolean, settings: Settings): StackState {
  if (letter.registered !== undefined) return 'registered'
  if (stopped) return 'stopped'
  if (letter.reading === 'waits' || letter.reading === 'now') return 'reading'
  const ours = letter.returned === undefined || letter.returned.is === 'open'
  const looked = ours && letter.likes.length === 0 && !letter.notes.some((note) => hard.includes(note))
  // Its code says where it goes, whatever else can be read of it.
  return (looked || letter.joins !== undefined) && letter.fault === undefined && isReady(letter, stopped, settings)
    ? 'sure'
    : 'check'
}

/** A letter with the label that ties it to its paper. */
export const tied = (letter: TypedLetter, { label }: StackLetter): TypedLetter =>
  label === undefined ? letter : { ...letter, label }
/** The letters of ours that its codes name: one of them may be what it answers. */
export const answerable = ({ numbers }: StackLetter): readonly RegisterNumber[] =>
  numbers.flatMap((one) => registerNumber.safeParse(one).data ?? [])
export const higher = (one: Confidentiality, other: Confidentiality): Confidentiality =>
  levelOf(one) >= levelOf(other) ? one : other

/** Every face of what was handed in, counted once: letters, sheets between them, blank ones. */
interface Balance {
  readonly documents: number
  /** By hand, less what came out; nothing where nobody counted. */
  readonly gap?: number
  readonly faces: number
  readonly read: number
  readonly blanks: number
  readonly separators: number
  /** Faces of the sheets between letters, those that cannot be read among them. */
  readonly sheetFaces: number
  readonly unreadable: number
  /** Files without faces. */
  readonly files: number
}
export function balanceOf(sources: readonly Source[], letters: readonly StackLetter[], counted: string): Balance {
  const sum = (key: keyof SplitStack['balance']): number =>
    sources.reduce((total, { balance }) => total + (balance?.[key] ?? 0), 0)
  const [faces, blanks] = [sum('pages'), sum('blanks')]
  const read = letters.reduce((total, { pages }) => total + pages.length, 0)
  const documents = letters.length
  return {
    documents,
    ...(/^\d+$/u.test(counted) ? { gap: Number(counted) - documents } : {}),
    faces,
    read,
    blanks,
    separators: sum('separators') + sum('unreadable'),
    sheetFaces: faces - blanks - read,
    unreadable: sum('unreadable'),
    files: sources.filter(({ balance }) => balance === undefined).length,
  }
}
