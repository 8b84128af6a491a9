import { procedureEntry, type ProcedureEntry } from '#shared/contract/features/catalogue/calls.ts'
import { withoutArticle, wordsOf } from '#shared/text/words.ts'
import type { Params, ReadHandle } from '../../../store/handle.ts'
import { parsed } from '../../../store/json.ts'

/** So many of the last deposits say what is asked for at this counter. */
const lastDeposits = 300
/** A question of more words is none that people type. */
const mostWords = 12

export interface ProcedureQuestion {
  readonly words: string
  readonly limit: number
  readonly skip?: number
}
export interface ProcedureAnswer {
  readonly entries: ProcedureEntry[]
  /** How many there are in all. */
  readonly total: number
}

/**
 * The sheets that are offered whose words begin with each word of the question: first those with a title or a code that
 * begins with the whole question, then the better matches. Without words all of them, the ones most deposited here of
 * late first.
 */
export function searchProcedures(db: ReadHandle, { words, limit, skip = 0 }: ProcedureQuestion): ProcedureAnswer {
  const asked = wordsOf(words).slice(0, mostWords)
  const some = { limit, skip }
  if (asked.length === 0)
    return {
      entries: entriesOf(db, offered, { ...some, last: lastDeposits }),
      total: countOf(db, 'procedure_entries', []),
    }
  const match = asked.map(beginning).join(' AND ')
  return {
    entries: entriesOf(db, matching, { ...some, match, start: asked.join(' ') }),
    total: countOf(db, 'procedure_words WHERE procedure_words MATCH ?', [match]),
  }
}

/** Words are letters and digits only, so between quotes nothing of them is taken for a command of the index. */
const beginning = (word: string): string => {
  const bare = withoutArticle(word)
  return bare === word ? `"${word}" *` : `("${word}" * OR "${bare}" *)`
}

const matching = `SELECT e.code, e.version
  FROM procedure_words JOIN procedure_entries e ON e.id = procedure_words.rowid
  WHERE procedure_words MATCH :match
  ORDER BY instr(e.titles, char(10) || :start) = 0, bm25(procedure_words, 8.0, 1.0), e.code LIMIT :limit OFFSET :skip`
const offered = `SELECT e.code, e.version FROM procedure_entries e LEFT JOIN (
    SELECT procedure, count(*) AS times FROM (SELECT procedure FROM requests ORDER BY journal_seq DESC LIMIT :last)
    GROUP BY procedure
  ) used ON used.procedure = e.code
  ORDER BY coalesce(used.times, 0) DESC, e.code LIMIT :limit OFFSET :skip`
/** What an entry shows, out of a sheet, without reading the rest of it. */
const shown = `SELECT json_object('code', code, 'version', version, 'title', body -> '$.title',
    'category', body -> '$.category', 'delay', body -> '$.delay', 'fee', json_object('centimes', body -> '$.fee.centimes')
  ) AS entry FROM procedures WHERE code = ? AND version = ?`

const entriesOf = (db: ReadHandle, sql: string, params: Params): ProcedureEntry[] =>
  db
    .all<{ code: string; version: string }>(sql, params)
    .flatMap(({ code, version }) => db.get<{ entry: string }>(shown, [code, version]) ?? [])
    .map(({ entry }) => parsed(procedureEntry, entry))
const countOf = (db: ReadHandle, from: string, params: Params): number =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, params)?.n ?? 0
