import { canonicalJson } from '../canonical.ts'
import type { Identity } from './identity.ts'

type Naming = Pick<Identity, 'familyName' | 'givenNames' | 'documentNumber' | 'nationalNumber'>

/**
 * What tells one citizen at the desk from another: a document by its numbers and the names on it. Equal keys are the same
 * person on the same document; other keys may still be one person, with another document or a name spelled anew.
 */
export const personKey = ({ familyName, givenNames, documentNumber, nationalNumber }: Naming): string =>
  canonicalJson({
    familyName,
    givenNames,
    ...(documentNumber === undefined ? {} : { documentNumber }),
    ...(nationalNumber === undefined ? {} : { nationalNumber }),
  })
