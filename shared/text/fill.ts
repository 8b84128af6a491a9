/** A piece of a phrase: plain words, a place for a value, or a part that is left out while one of its values is not known. */
export type Piece = string | { readonly place: string } | { readonly optional: readonly Piece[] }

/** How values get into a phrase. */
export interface Filling {
  /** What stands around a value, for instance an isolate of its direction; the value itself without it. */
  readonly around?: (value: string | number, name: string) => string
  /** What stands where no value is known; without it a missing value is a mistake of the program. */
  readonly missing?: (name: string) => string
}

const placeOrPart = /\{(\w+)\}|\[([^[\]]*\{\w+\}[^[\]]*)\]/gu

/**
 * Cuts a phrase into its pieces, once: `Scellé le {day}[ par {name}]`. A name is letters, digits and `_`. Square
 * brackets around a part with a place make that part optional; other brackets and braces stand as they are.
 */
export function piecesOf(phrase: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const found of phrase.matchAll(placeOrPart)) {
    if (found.index > from) pieces.push(phrase.slice(from, found.index))
    pieces.push(found[2] === undefined ? { place: found[1] ?? '' } : { optional: piecesOf(found[2]) })
    from = found.index + found[0].length
  }
  if (from < phrase.length) pieces.push(phrase.slice(from))
  return pieces
}

/** The names of all places, in their order, each as often as it stands there. */
export const placesOf = (phrase: string | readonly Piece[]): readonly string[] =>
  (typeof phrase === 'string' ? piecesOf(phrase) : phrase).flatMap((piece) =>
    typeof piece === 'string' ? [] : 'place' in piece ? [piece.place] : placesOf(piece.optional),
  )

/**
 * Puts values in the places of a phrase; what a value holds is never read as a place.
 * @param phrase words with `{name}` places, or the pieces of them
 * @throws TypeError for a place without a value, unless `missing` says what stands there
 */
export function fill(
  phrase: string | readonly Piece[],
  values: Readonly<Record<string, string | number>>,
  { around = String, missing }: Filling = {},
): string {
  const known = (name: string): boolean => Object.hasOwn(values, name)
  const say = (piece: Piece): string => {
    if (typeof piece === 'string') return piece
    if ('optional' in piece) return placesOf(piece.optional).every(known) ? piece.optional.map(say).join('') : ''
    const value = known(piece.place) ? values[piece.place] : undefined
    if (value !== undefined) return around(value, piece.place)
    if (missing === undefined) throw new TypeError(`no value for {${piece.place}}`)
    return missing(piece.place)
  }
  return (typeof phrase === 'string' ? piecesOf(phrase) : phrase).map(say).join('')
}
