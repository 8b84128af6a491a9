const folded = (text: string): string => text.normalize('NFKC').trim().toLocaleUpperCase('fr')

/** What people are found by: both names without regard to case and to spaces around. Kept in `identities.name_key`. */
export const nameKeyOf = (familyName: string, givenNames: string): string =>
  `${folded(familyName)}\n${folded(givenNames)}`
