/** Messages of one area: nested texts. `{name}` takes a value, ` | ` parts the plural forms (see plurals.ts). */
export interface Texts {
  readonly [key: string]: string | Texts
}
export type SameShape<T> = { readonly [K in keyof T]: T[K] extends string ? string : SameShape<T[K]> }
export type SomeOf<T> = { readonly [K in keyof T]?: T[K] extends string ? string : SomeOf<T[K]> }

/** `a.b.c` for every text in the tree. */
export type PathsOf<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}` }[keyof T &
  string]

/**
 * Words of one area in the four languages. French gives the shape; Amazigh holds confirmed words only, French stands in
 * for the rest.
 */
export interface Words<T extends Texts> {
  readonly fr: T
  readonly ar: SameShape<T>
  readonly en: SameShape<T>
  readonly zgh?: SomeOf<T>
}

/** A missing or misspelt key in French, Arabic or English does not compile. */
export const words = <T extends Texts>(all: Words<T>): Words<T> => all
