/** Words of one room in one language, as its JSON file holds them: nested texts. */
export interface Texts {
  readonly [key: string]: string | Texts
}

/** `a.b.c` for every text in the tree. */
export type PathsOf<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${PathsOf<T[K]>}` }[keyof T &
  string]

/** The shape of another language: every key that French has, and none besides. */
export type SameAs<T, French> = {
  readonly [K in keyof French | keyof T]: K extends keyof French
    ? French[K] extends string
      ? string
      : K extends keyof T
        ? SameAs<T[K], French[K]>
        : French[K]
    : never
}

/** The shape of a language that is not finished: some of the keys that French has, and none besides. */
export type SomeOf<T, French> = {
  readonly [K in keyof T]: K extends keyof French
    ? French[K] extends string
      ? string
      : SomeOf<T[K], French[K]>
    : never
}
