import { paperKind } from '../../../domain/papers/paperKind.ts'
import { statementFacts } from '../../../domain/papers/statement.ts'

export const papers = {
  /**
   * The answer to a person who asked about his data. What it copies of his files ends with the first of them that ends:
   * it is found by their numbers.
   */
  statement: paperKind({
    facts: statementFacts,
    medium: 'a5',
    sealed: false,
    title: ({ number }) => number,
    withoutPerson: ({ files: _files, ...facts }) => facts,
  }),
} as const
