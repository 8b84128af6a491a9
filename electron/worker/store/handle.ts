import type Database from 'better-sqlite3'

/** A value that a STRICT column takes; objects are stored as JSON text by the repository that owns them. */
export type Value = string | number | null | Uint8Array
export type Params = readonly Value[] | Readonly<Record<string, Value>>

/** What may be asked of the register at any time. */
export interface ReadHandle {
  /** The first row, or nothing. `Row` is what the STRICT columns named in the statement hold. */
  get<Row>(sql: string, params?: Params): Row | undefined
  all<Row>(sql: string, params?: Params): readonly Row[]
  /** Row by row, for what may be long. */
  each<Row>(sql: string, params?: Params): IterableIterator<Row>
}

/** What may be changed; handed out only by `tx`, so that no write happens outside a transaction. */
export interface WriteHandle extends ReadHandle {
  /** Returns the number of rows changed. */
  run(sql: string, params?: Params): number
  /** Done once the transaction is committed, never when it is undone: a file whose row went is removed. */
  afterCommit(act: () => void): void
}

/** The handle as the transactions know it. */
export interface Handle extends WriteHandle {
  /** What was to be done after the commit, once. */
  takeAfterCommit(): readonly (() => void)[]
}

/**
 * A handle over an open database; statements are prepared once per text.
 * @param onError hears every exception before it goes on to the caller
 */
export function createHandle(db: Database.Database, onError: (cause: unknown) => void = () => undefined): Handle {
  const heard = <T>(act: () => T): T => {
    try {
      return act()
    } catch (cause) {
      onError(cause)
      throw cause
    }
  }
  let after: (() => void)[] = []
  const prepared = new Map<string, Database.Statement>()
  const statement = (sql: string): Database.Statement => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made = db.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  return {
    // The driver hands out untyped rows; STRICT tables give the columns the types that the caller names beside its
    // statement.
    get: <Row>(sql: string, params: Params = []) => heard(() => statement(sql).get(params)) as Row | undefined,
    all: <Row>(sql: string, params: Params = []) => heard(() => statement(sql).all(params)) as Row[],
    each: function* <Row>(sql: string, params: Params = []) {
      // A page may turn out to be unreadable at any row, not only at the first.
      const rows = heard(() => statement(sql).iterate(params)) as IterableIterator<Row>
      try {
        for (;;) {
          const next = heard(() => rows.next())
          if (next.done === true) return
          yield next.value
        }
      } finally {
        // Whoever stops early frees the statement.
        rows.return?.()
      }
    },
    run: (sql, params = []) => heard(() => statement(sql).run(params).changes),
    afterCommit: (act) => {
      after.push(act)
    },
    takeAfterCommit: () => {
      const acts = after
      after = []
      return acts
    },
  }
}
