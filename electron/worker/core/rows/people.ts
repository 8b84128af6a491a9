import { normalCin } from '#shared/domain/identity/cin.ts'
import { maskIdentifier } from '#shared/domain/identity/identity.ts'
import type { RequestId } from '#shared/ids.ts'
import type { ReadHandle } from '../../store/handle.ts'
import { familyKeysOf, nameKeyOf, soughtKeyOf } from '../../store/nameKey.ts'

/**
 * Whom to look for: any of these that is given must agree, however it is written (`soughtKeyOf`). Without given names
 * everybody of the family name is meant; a name in other letters than Latin ones is compared whole. National numbers are
 * kept masked: one is compared only beside a name, by the part that is in sight.
 */
export interface PersonSought {
  readonly document?: string | undefined
  readonly number?: string | undefined
  readonly name?: { readonly familyName: string; readonly givenNames: string } | undefined
}

interface Condition {
  readonly condition: string
  readonly values: readonly string[]
}

/** Of whom one of these is true; each is looked up by its own index. */
const anyOf = (...ways: readonly (readonly [string, ...string[]])[]): Condition => ({
  condition: `q.id IN (${ways.map(([where]) => `SELECT request_id FROM identities WHERE ${where}`).join(' UNION ')})`,
  values: ways.flatMap(([, ...values]) => values),
})

const ofDocument = (document: string): Condition => anyOf(['document_key = ?', soughtKeyOf(document)])

/** Who bears both: a national number is compared among those of the name, by the part of it that is in sight. */
const ofBoth = (document: string): Condition => ({
  condition: `(i.document_key = ? OR json_extract(i.kept, '$.maskedNumber') = ?)`,
  values: [soughtKeyOf(document), maskIdentifier(normalCin(document))],
})

const ofName = ({
  familyName,
  givenNames,
}: {
  readonly familyName: string
  readonly givenNames: string
}): Condition => {
  const [family, given] = [soughtKeyOf(familyName), soughtKeyOf(givenNames)]
  // A name of which no letter is compared, as a lone hamza, is nobody's.
  if (family === '') return { condition: '0', values: [] }
  return given === ''
    ? anyOf(['name_key >= ? AND name_key < ?', ...familyKeysOf(familyName)], ['native_key = ?', family])
    : anyOf(
        ['name_key = ?', nameKeyOf(familyName, givenNames)],
        ['native_key = ?', `${given}${family}`],
        ['native_key = ?', `${family}${given}`],
      )
}

/** The requests of a person, newest first, at most `limit`; numbers, documents and names by their indexes. */
export function findRequestsOf(
  db: ReadHandle,
  { document, number, name }: PersonSought,
  limit: number,
): readonly RequestId[] {
  const given = [
    number === undefined ? undefined : { condition: 'q.number = ?', values: [number] },
    document === undefined ? undefined : name === undefined ? ofDocument(document) : ofBoth(document),
    name === undefined ? undefined : ofName(name),
  ].flatMap((one) => one ?? [])
  // What was wiped is found by its number alone.
  const join = document === undefined && name === undefined ? '' : 'JOIN identities i ON i.request_id = q.id'
  return db
    .all<{ id: RequestId }>( // ids were parsed when the request was made
      `SELECT q.id FROM requests q ${join} WHERE ${given.map(({ condition }) => condition).join(' AND ')} ORDER BY q.deposited_at DESC LIMIT ?`,
      [...given.flatMap(({ values }) => values), limit],
    )
    .map((row) => row.id)
}
