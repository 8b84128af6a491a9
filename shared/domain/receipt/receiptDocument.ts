import { both } from '../papers/paperDocument.ts'
import type { Localised } from '../text.ts'
import { issuedAtOf, type ReceiptFacts } from './receipt.ts'
import { receiptRows, whenOf, type ReceiptRow } from './receiptRows.ts'
import type { ReceiptTemplate } from './receiptTemplate.ts'
import { type Bilingual, countOf, datum, filled, formatDay, formatInstant, isolated } from './receiptText.ts'

/** The pieces in one state; an empty group is left out, and what is missing comes first. */
export interface PieceGroup {
  readonly mark: 'received' | 'added' | 'obtained' | 'missing'
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

/**
 * Sets the facts of a deposit in the words of the template.words.
 * @param template parsed `receipt.json`
 */
export function receiptDocument(facts: ReceiptFacts, template: ReceiptTemplate): ReceiptDocument {
  return {
    kind: facts.complete ? 'complete' : 'incomplete',
    letterhead: letterhead(facts),
    title: template.words.title[titleOf(facts)],
    number: {
      label: template.words.number.label,
      ...(facts.number === undefined ? { pending: template.words.number.pending } : { value: datum(facts.number) }),
    },
    rows: receiptRows(facts, template),
    groups: groups(facts, template),
    outcome: outcome(facts, template),
    stamp: {
      office: both((side) => facts.office[side]),
      // The day on which this paper was handed out.
      day: datum(formatInstant(issuedAtOf(facts), facts.zone, facts.utcOffsetMinutes).day),
      counter: filled(template.words.stamp.counter, () => ({ counter: datum(facts.counter) })),
    },
    agent: { label: template.words.labels.agent, text: `${isolated(facts.agent.name)} (${datum(facts.agent.code)})` },
    verification: template.words.verification,
    notice: template.words.notice,
    ...(facts.specimen ? { specimen: template.words.specimen } : {}),
  }
}

/** What the newest act on the file made of its paper. */
function titleOf({ complete, correction, complement }: ReceiptFacts): keyof ReceiptTemplate['words']['title'] {
  if (correction !== undefined) return complete ? 'corrected' : 'correctedIncomplete'
  if (complement !== undefined) return complete ? 'complement' : 'complementIncomplete'
  return complete ? 'complete' : 'incomplete'
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

/**
 * A piece that does not apply is not on the paper; nor is, in a complete file, an optional one that was not brought.
 */
function groups(facts: ReceiptFacts, template: ReceiptTemplate): readonly PieceGroup[] {
  const there = ['added', 'received', 'obtained'] as const
  const marks = facts.complete ? there : (['missing', ...there] as const)
  return marks.flatMap((mark) => {
    const pieces = facts.pieces
      .filter((piece) => (piece.added === true && piece.state === 'received' ? 'added' : piece.state) === mark)
      .map((piece) => both((side) => isolated(piece.label[side])))
    const heading = filled(template.words.pieces[mark], () => ({ count: datum(String(pieces.length)) }))
    return pieces.length === 0 ? [] : [{ mark, heading, pieces }]
  })
}

/** The two contents of law 55-19: the time limit of the answer, or what is missing and until when. */
function outcome(facts: ReceiptFacts, template: ReceiptTemplate): ReceiptDocument['outcome'] {
  const { decision, completion } = facts
  const { answerBy, piecesBy, complementEnd } = template.words.labels
  const calendar = template.words.delay.calendar
  if (facts.complete && decision !== undefined) {
    const delay = countOf(decision.days, template.words.delay[decision.unit])
    const lastDay = datum(formatDay(decision.lastDay))
    const limit = filled(template.words.outcome.decision, (side) => ({ delay: isolated(delay[side]), lastDay }))
    const { completed, silence } = template.words.outcome
    const since = facts.complement
    return {
      label: answerBy,
      lastDay,
      sentences: [
        ...(since === undefined ? [] : [filled(completed, () => ({ day: whenOf(facts, since.at).day }))]),
        limit,
        silence[decision.silence],
        appeal(facts, template),
      ],
    }
  }
  if (!facts.complete && completion !== undefined) {
    const delay = countOf(completion.days, calendar)
    const lastDay = datum(formatDay(completion.lastDay))
    const limit = filled(template.words.outcome.completion, (side) => ({ delay: isolated(delay[side]), lastDay }))
    const { onlyOnce, stillIncomplete } = template.words.outcome
    return facts.complement === undefined
      ? { label: piecesBy, lastDay, sentences: [limit, onlyOnce, appeal(facts, template)] }
      : {
          label: complementEnd,
          lastDay,
          sentences: [stillIncomplete, appeal(facts, template)],
        }
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
