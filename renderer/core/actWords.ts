import { inject, shallowRef, type InjectionKey } from 'vue'
import { textOf } from './i18n/useWords.ts'
import type { Words } from './i18n/words.ts'

/** How an act is called: in a list of acts, or in the journal, as what happened. */
export type ActSaid = 'short' | 'done'
/** The words of an act by its kind in the journal; nothing for acts of other features. */
export type SayAct = (kind: string, as: ActSaid) => string | undefined

type Kinds = Readonly<Record<string, { readonly journal: string }>>
type Needed<Acts extends Kinds> = `told.${Acts[keyof Acts]['journal']}.${ActSaid}`

/**
 * What the acts of a feature are called: `told.<kind>.short` and `.done` of its own words. An act without them does not
 * compile.
 */
export const sayActs = <Acts extends Kinds, Key extends string>(
  acts: Acts,
  own: Needed<Acts> extends Key ? Words<Key> : never,
): SayAct => {
  const kinds = new Set(Object.values(acts).map(({ journal }) => journal))
  const say = textOf<Key>(own)
  return (kind, as) => (kinds.has(kind) ? say(`told.${kind}.${as}` as Key) : undefined) // one of those it was asked for
}

/** Reads the words of the acts of each feature that has any. */
export const actWordsKey: InjectionKey<readonly (() => Promise<SayAct>)[]> = Symbol('act words')

/** What any act is called; its kind itself when no feature of this version has it. Follows a switch of language. */
export function useActWords(): (kind: string, as: ActSaid) => string {
  const said = shallowRef<readonly SayAct[]>([])
  void Promise.all(inject(actWordsKey, []).map((read) => read())).then((all) => {
    said.value = all
  })
  return (kind, as) => said.value.map((say) => say(kind, as)).find((text) => text !== undefined) ?? kind
}
