import type { ReceiptFacts } from './receipt.ts'
import type { ReceiptTemplate } from './receiptTemplate.ts'
import { type Bilingual, countOf, datum, formatDay, formatDirhams, formatInstant, isolated } from './receiptText.ts'
import { fill } from '../../text/fill.ts'
import type { Localised } from '../text.ts'

/** One line of the receipt: French label at the left edge, Arabic label at the right edge, the value between them. */
export interface ReceiptRow {
  readonly key: keyof ReceiptTemplate['words']['labels']
  readonly label: Bilingual
  /** `text` is the same in both languages (a date, a Latin name); a bilingual value stacks Arabic over French. */
  readonly value: { readonly text: string } | Bilingual
  /** A smaller remark under the value: how the identity was had, the reference of the sheet. */
  readonly note?: Bilingual
  readonly strong: boolean
}

/** The pieces in one state; an empty group is left out, and what is missing comes first. */
export interface PieceGroup {
  readonly mark: 'received' | 'obtained' | 'missing'
  readonly heading: Bilingual
  readonly pieces: readonly Bilingual[]
}

/**
 * The deposit receipt as words in place, before any drawing: paper and screen preview are drawn from this one value.
 * Every inserted value stands in Unicode isolates; LRI … PDI (numbers, dates, codes) must not be broken over lines.
 */
export interface ReceiptDocument {
  readonly kind: 'complete' | 'incomplete'
  /** From the State down to the office: Arabic right, Tifinagh centre where confirmed, French left. */
  readonly letterhead: {
    readonly fr: readonly string[]
    readonly zgh: readonly string[]
    readonly ar: readonly string[]
  }
  readonly title: Bilingual
  /** The largest thing of the paper; a preview has `pending` instead of `value`. */
  readonly number: { readonly label: Bilingual; readonly value?: string; readonly pending?: Bilingual }
  readonly rows: readonly ReceiptRow[]
  readonly groups: readonly PieceGroup[]
  /** The content that the law asks for: last day in evidence, then its sentences (time limit, silence, appeal). */
  readonly outcome: { readonly label: Bilingual; readonly lastDay: string; readonly sentences: readonly Bilingual[] }
  readonly stamp: { readonly office: Bilingual; readonly day: string; readonly counter: Bilingual }
  readonly agent: { readonly label: Bilingual; readonly text: string }
  readonly verification: Bilingual
  readonly notice: Bilingual
  /** Present on training paper: drawn across the page. */
  readonly specimen?: Bilingual
}

const both = (make: (side: 'fr' | 'ar') => string): Bilingual => ({ fr: make('fr'), ar: make('ar') })
const filled = (phrase: Bilingual, values: (side: 'fr' | 'ar') => Readonly<Record<string, string>>): Bilingual =>
  both((side) => fill(phrase[side], values(side)))

/**
 * Sets the facts of a deposit in the words of the template.words.
 * @param template parsed `receipt.json`
 */
export function receiptDocument(facts: ReceiptFacts, template: ReceiptTemplate): ReceiptDocument {
  const deposited = formatInstant(facts.depositedAt, facts.zone, facts.utcOffsetMinutes)
  return {
    kind: facts.complete ? 'complete' : 'incomplete',
    letterhead: letterhead(facts),
    title:
      template.words.title[
        facts.correction === undefined
          ? facts.complete
            ? 'complete'
            : 'incomplete'
          : facts.complete
            ? 'corrected'
            : 'correctedIncomplete'
      ],
    number: {
      label: template.words.number.label,
      ...(facts.number === undefined ? { pending: template.words.number.pending } : { value: datum(facts.number) }),
    },
    rows: rows(facts, template),
    groups: groups(facts, template),
    outcome: outcome(facts, template),
    stamp: {
      office: both((side) => facts.office[side]),
      // The day on which this paper was handed out.
      day: datum(
        facts.correction === undefined
          ? deposited.day
          : formatInstant(facts.correction.at, facts.zone, facts.utcOffsetMinutes).day,
      ),
      counter: filled(template.words.stamp.counter, () => ({ counter: datum(facts.counter) })),
    },
    agent: { label: template.words.labels.agent, text: `${isolated(facts.agent.name)} (${datum(facts.agent.code)})` },
    verification: template.words.verification,
    notice: template.words.notice,
    ...(facts.specimen ? { specimen: template.words.specimen } : {}),
  }
}

function letterhead(facts: ReceiptFacts): ReceiptDocument['letterhead'] {
  const last = facts.authority.at(-1)
  const lines: readonly Localised[] =
    last?.ar === facts.office.ar ? facts.authority : [...facts.authority, facts.office]
  return {
    fr: lines.map((line) => line.fr),
    zgh: lines.flatMap((line) => (line.zgh === undefined ? [] : [line.zgh])),
    ar: lines.map((line) => line.ar),
  }
}

function rows(facts: ReceiptFacts, template: ReceiptTemplate): readonly ReceiptRow[] {
  const row = (key: ReceiptRow['key'], value: ReceiptRow['value'], note?: Bilingual, strong = false): ReceiptRow => ({
    key,
    label: template.words.labels[key],
    value,
    strong,
    ...(note === undefined ? {} : { note }),
  })
  const { citizen, capacity, represented, procedure } = facts
  const { day, time, offset } = formatInstant(facts.depositedAt, facts.zone, facts.utcOffsetMinutes)
  const latin = isolated(`${citizen.familyName} ${citizen.givenNames}`)
  const identified =
    citizen.source === 'card'
      ? template.words.identity.card
      : filled(template.words.identity.typed, (side) => ({
          reason: template.words.identity.reasons[citizen.typedReason ?? 'other'][side],
        }))
  const { code, version } = procedure
  return [
    ...correction(facts, template, row),
    row(
      'depositedAt',
      { text: `${datum(day)} — ${datum(time)}` },
      filled(template.words.legalTime, () => ({ offset: datum(offset) })),
    ),
    row(
      'citizen',
      citizen.nativeName === undefined ? { text: latin } : { fr: latin, ar: isolated(citizen.nativeName) },
      undefined,
      true,
    ),
    citizen.identifier === undefined
      ? row('identity', identified)
      : row('identity', { text: datum(citizen.identifier) }, identified),
    row(
      'capacity',
      capacity === 'self'
        ? template.words.capacity.self
        : filled(template.words.capacity.representative, () => ({ name: isolated(represented ?? '—') })),
    ),
    row(
      'procedure',
      both((side) => isolated(procedure.title[side])),
      filled(template.words.procedure.reference, () => ({ code: datum(code), version: datum(version) })),
      true,
    ),
    fee(facts, template, row),
  ]
}

/** A corrected receipt says at its head which one it replaces. */
function correction(
  facts: ReceiptFacts,
  template: ReceiptTemplate,
  row: (key: 'correction', value: ReceiptRow['value'], note?: Bilingual, strong?: boolean) => ReceiptRow,
): readonly ReceiptRow[] {
  if (facts.correction === undefined) return []
  const { rank, at, replaces } = facts.correction
  const when = (instant: string) => {
    const { day, time } = formatInstant(instant, facts.zone, facts.utcOffsetMinutes)
    return { day: datum(day), time: datum(time) }
  }
  const made = filled(template.words.correction.made, () => ({ rank: datum(String(rank)), ...when(at) }))
  return [
    row(
      'correction',
      filled(template.words.correction.replaces, () => when(replaces.issuedAt)),
      made,
      true,
    ),
  ]
}

function fee(
  facts: ReceiptFacts,
  template: ReceiptTemplate,
  row: (key: 'fee', value: ReceiptRow['value'], note?: Bilingual) => ReceiptRow,
): ReceiptRow {
  const { centimes, stampNumber } = facts.fee
  if (centimes === 0) return row('fee', template.words.fee.none)
  const amount = { text: datum(`${formatDirhams(centimes)}\u00a0DH`) }
  return stampNumber === undefined
    ? row('fee', amount)
    : row(
        'fee',
        amount,
        filled(template.words.fee.stamp, () => ({ number: datum(stampNumber) })),
      )
}

/**
 * A piece that does not apply is not on the paper; nor is, in a complete file, an optional one that was not brought.
 */
function groups(facts: ReceiptFacts, template: ReceiptTemplate): readonly PieceGroup[] {
  const marks = facts.complete ? (['received', 'obtained'] as const) : (['missing', 'received', 'obtained'] as const)
  return marks.flatMap((mark) => {
    const pieces = facts.pieces
      .filter((piece) => piece.state === mark)
      .map((piece) => both((side) => isolated(piece.label[side])))
    const heading = filled(template.words.pieces[mark], () => ({ count: datum(String(pieces.length)) }))
    return pieces.length === 0 ? [] : [{ mark, heading, pieces }]
  })
}

/** The two contents of law 55-19: the time limit of the answer, or what is missing and until when. */
function outcome(facts: ReceiptFacts, template: ReceiptTemplate): ReceiptDocument['outcome'] {
  const { decision, completion } = facts
  const label = template.words.labels.lastDay
  const calendar = template.words.delay.calendar
  if (facts.complete && decision !== undefined) {
    const delay = countOf(decision.days, template.words.delay[decision.unit])
    const lastDay = datum(formatDay(decision.lastDay))
    const limit = filled(template.words.outcome.decision, (side) => ({ delay: isolated(delay[side]), lastDay }))
    return {
      label,
      lastDay,
      sentences: [limit, template.words.outcome.silence[decision.silence], appeal(facts, template)],
    }
  }
  if (!facts.complete && completion !== undefined) {
    const delay = countOf(completion.days, calendar)
    const lastDay = datum(formatDay(completion.lastDay))
    const limit = filled(template.words.outcome.completion, (side) => ({ delay: isolated(delay[side]), lastDay }))
    return { label, lastDay, sentences: [limit, template.words.outcome.onlyOnce, appeal(facts, template)] }
  }
  throw new TypeError('a complete file has its decision, an incomplete one its completion')
}

function appeal(facts: ReceiptFacts, template: ReceiptTemplate): Bilingual {
  const delay = countOf(facts.appeal.days, template.words.delay.calendar)
  return filled(template.words.outcome.appeal, (side) => ({
    authority: isolated(facts.appeal.authority[side]),
    delay: isolated(delay[side]),
  }))
}
