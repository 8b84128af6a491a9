/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * One byte form for one value (the ordering of RFC 8785, which our integers and strings fully cover):
 * keys sorted by UTF-16 code unit, no white space, absent members left out. Hashes are taken over this form.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('not a JSON number')
    return JSON.stringify(value)
  }
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key]
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`]
    })
  return `{${members.join(',')}}`
}

const isArray = (value: readonly Json[] | { readonly [key: string]: Json | undefined }): value is readonly Json[] => Array.isArray(value)
