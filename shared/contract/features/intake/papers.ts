import { paperKind } from '../../../domain/papers/paperKind.ts'
import { receiptFacts } from '../../../domain/receipt/receipt.ts'

export const papers = {
  /** The receipt of a deposit, and those that correct it under the same number. */
  receipt: paperKind({
    facts: receiptFacts,
    medium: 'a5',
    sealed: true,
    // The first receipt and one that corrects it have one number: whoever looks at the printer has to tell them apart.
    title: ({ number, rank }) => (rank === 0 ? number : `${number} (${String(rank + 1)})`),
    withoutPerson: ({ represented: _for, salt: _salt, ...facts }) => ({
      ...facts,
      fee: { centimes: facts.fee.centimes },
      citizen: { familyName: '', givenNames: '', source: facts.citizen.source },
    }),
  }),
} as const
