import { both } from '../papers/paperDocument.ts'
import type { ReceiptFacts } from './receipt.ts'
import type { ReceiptTemplate } from './receiptTemplate.ts'
import { type Bilingual, datum, filled, formatDirhams, formatInstant, isolated } from './receiptText.ts'

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

/** The facts of a deposit, line by line. */
export function receiptRows(facts: ReceiptFacts, template: ReceiptTemplate): readonly ReceiptRow[] {
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
    ...complement(facts, template, row),
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
  const made = filled(template.words.correction.made, () => ({ rank: datum(String(rank)), ...whenOf(facts, at) }))
  return [
    row(
      'correction',
      filled(template.words.correction.replaces, () => whenOf(facts, replaces.issuedAt)),
      made,
      true,
    ),
  ]
}

/** The receipt of a complement says at its head which one it completes. */
function complement(
  facts: ReceiptFacts,
  template: ReceiptTemplate,
  row: (key: 'complement', value: ReceiptRow['value'], note?: Bilingual, strong?: boolean) => ReceiptRow,
): readonly ReceiptRow[] {
  if (facts.complement === undefined) return []
  const { at, completes } = facts.complement
  const { words } = template
  return [
    row(
      'complement',
      filled(words.complement.completes, () => whenOf(facts, completes.issuedAt)),
      filled(words.complement.received, () => whenOf(facts, at)),
      true,
    ),
  ]
}

/** Day and minute of an instant, by the legal time of the deposit. */
export const whenOf = (
  facts: Pick<ReceiptFacts, 'zone' | 'utcOffsetMinutes'>,
  instant: string,
): { readonly day: string; readonly time: string } => {
  const { day, time } = formatInstant(instant, facts.zone, facts.utcOffsetMinutes)
  return { day: datum(day), time: datum(time) }
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
