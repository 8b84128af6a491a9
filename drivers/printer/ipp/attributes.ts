import { groupTag, valueTag, type IppAttribute, type IppGroup, type IppMessage, type IppValue } from './message.ts'

/** A one-valued attribute of a character-string syntax. */
export const textAttribute = (name: string, tag: number, value: string): IppAttribute => ({
  name,
  values: [{ kind: 'text', tag, value }],
})

/** `requested-attributes`: an answer then carries nothing else, and stays small. */
export const requested = (first: string, ...rest: readonly string[]): IppAttribute => {
  const keyword = (value: string): IppValue => ({ kind: 'text', tag: valueTag.keyword, value })
  return { name: 'requested-attributes', values: [keyword(first), ...rest.map(keyword)] }
}

/** The groups of an answer with one tag: one per printer or per job. */
export const groupsOf = (message: IppMessage, tag: number): readonly IppGroup[] =>
  message.groups.filter((group) => group.tag === tag)

const valuesOf = (group: IppGroup | undefined, name: string): readonly IppValue[] =>
  group?.attributes.find((attribute) => attribute.name === name)?.values ?? []

/** The texts of an attribute, with or without a language; none when it is absent or of another syntax. */
export const textsOf = (group: IppGroup | undefined, name: string): readonly string[] =>
  valuesOf(group, name).flatMap((value) => (value.kind === 'text' || value.kind === 'localised' ? [value.value] : []))

/** The first text of an attribute, or the empty text. */
export const textOf = (group: IppGroup | undefined, name: string): string => textsOf(group, name)[0] ?? ''

/** The first integer or enum of an attribute. */
export function integerOf(group: IppGroup | undefined, name: string): number | undefined {
  const value = valuesOf(group, name)[0]
  return value?.kind === 'integer' ? value.value : undefined
}

/** The first boolean of an attribute. */
export function booleanOf(group: IppGroup | undefined, name: string): boolean | undefined {
  const value = valuesOf(group, name)[0]
  return value?.kind === 'boolean' ? value.value : undefined
}

/** What the other side says of a status, in its own words. */
export const statusMessage = (message: IppMessage): string =>
  textOf(groupsOf(message, groupTag.operation)[0], 'status-message')
