/** The places of a phrase: `{day}` is the place of `day`. */
export const placesOf = (phrase: string): readonly string[] =>
  [...phrase.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? '')

/**
 * Fills the `{place}`s of a phrase, each every time that it occurs; what is filled in is not read again for places.
 * @throws TypeError for a place without a value: the parser of a template admits only known places
 */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/gu, (_place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) throw new TypeError(`no value for {${name}}`)
    return value
  })
}
