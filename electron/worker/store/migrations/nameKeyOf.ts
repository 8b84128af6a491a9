const folded = (text: string): string => text.normalize('NFKC').trim().toLocaleUpperCase('fr')

/**
 * The key of a person's names as migration 11 (`name_key_of`) makes it: without regard to case and to spaces around.
 * Frozen with that step; what the program itself looks for is in `../nameKey.ts`.
 * @param familyName as it stands in `identities.kept`
 * @param givenNames as they stand there
 */
export const nameKeyOfGrowth = (familyName: string, givenNames: string): string =>
  `${folded(familyName)}\n${folded(givenNames)}`
