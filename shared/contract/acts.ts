import type { NoteKind } from '../domain/closing/journalKind.ts'
import { isNoteKind } from '../domain/closing/journalKind.ts'
import type { Act, RepairKind } from './act.ts'
import * as features from './features.ts'
import { joined, type Joined } from './join.ts'

/** Every kind of act: the platform checks the data of these; one that it does not know is filed as it came. */
export const acts: Joined<typeof features, 'acts'> = joined(features, 'acts')

export type ActName = keyof typeof acts
/** What the links of acts say happened: only `worker/acts` writes these. */
export type ActKind = (typeof acts)[ActName]['journal']
/** All that a link of the journal may say happened. */
export type JournalKind = NoteKind | ActKind

const byType = new Map<string, { readonly name: ActName; readonly act: Act }>(
  Object.entries(acts).map(([name, entry]) => [entry.type, { name: name as ActName, act: entry }]), // its own names
)
/** The entry of a type with its name in the registry; nothing for a type of a newer version, or one that was lost. */
export const actOfType = (type: string): { readonly name: ActName; readonly act: Act } | undefined => byType.get(type)

/** The act that puts acts of a type right in a certain way; nothing where that is not foreseen. */
export const repairOfType = (type: string, kind: RepairKind): Act | undefined =>
  every.find(({ repairs }) => repairs?.kind === kind && repairs.of.includes(type))

const every: readonly Act[] = Object.values(acts)
/** The types whose sent copy loses its personal part when its term is over. */
export const personalTypes: readonly string[] = every.flatMap(({ type, keeps }) => (keeps === 'all' ? [] : [type]))

const kinds: ReadonlySet<string> = new Set(every.map(({ journal }) => journal))
/** Whether a line of the journal is of a kind that this version writes; older and newer ones may have others. */
export const isJournalKind = (kind: string): kind is JournalKind => kinds.has(kind) || isNoteKind(kind)

/** What an act says of itself to the rooms around it. */
export interface ActNames {
  readonly request?: string | undefined
  readonly number?: string | undefined
  readonly files: readonly string[]
}
/** Read off an act that has just been made, whose data are of its shape. */
export const namesOf = (entry: Act, data: object): ActNames => ({
  request: entry.request?.(data),
  number: entry.number?.(data),
  files: entry.files?.(data) ?? [],
})
