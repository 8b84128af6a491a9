import type { z } from 'zod'
import { acts as known } from '#shared/contract/acts.ts'
import {
  personalDataErased,
  personalDataExported,
  personalDataRequested,
} from '#shared/contract/features/personalData/acts.ts'
import type { Command } from '#shared/contract/platform.ts'
import { insert, type Session } from './database.ts'
import type { Broken } from './broken.ts'

/** Acts about a person's right, each with the shape of its data: one asks, the others answer it. */
const shapes = new Map<
  string,
  z.ZodType<{
    readonly right: string
    readonly files: readonly string[]
    readonly act?: { readonly seq: number; readonly id: string } | undefined
  }>
>([
  [known.personalDataRequested.type, personalDataRequested],
  [known.personalDataExported.type, personalDataExported],
  [known.personalDataErased.type, personalDataErased],
])
const answers = new Map<string, 'exported' | 'erased'>([
  [known.personalDataExported.type, 'exported'],
  [known.personalDataErased.type, 'erased'],
])

/** What is known of the requests of people: those of the past, and those that the batch itself brought. */
export interface Persons {
  /** The rule that an act breaks; nothing for acts about anything else. */
  broken(act: Command): Broken | undefined
}

/** Reads the requests that answers name, and which of them are answered. */
export async function personsFor(session: Session, counter: string, acts: readonly Command[]): Promise<Persons> {
  const named = [
    ...new Set(
      acts.flatMap((act) =>
        answers.has(act.type) ? (shapes.get(act.type)?.safeParse(act.data).data?.act?.id ?? []) : [],
      ),
    ),
  ]
  const list = named.map((_, at) => `$${String(at + 2)}`).join(',')
  const read = async <Row>(sql: string): Promise<readonly Row[]> =>
    named.length === 0 ? [] : session.query<Row>(sql, [counter, ...named])
  const rows = await read<{ seq: string | number; id: string; asked: string; files: string }>(
    `SELECT seq, id, asked, files FROM personal_request WHERE counter_id = $1 AND id IN (${list})`,
  )
  const done = await read<{ request_id: string }>(
    `SELECT request_id FROM personal_answer WHERE counter_id = $1 AND request_id IN (${list})`,
  )
  const asked = new Map(rows.map((row) => [row.id, { seq: Number(row.seq), right: row.asked, files: row.files }]))
  const answered = new Set(done.map((row) => row.request_id))
  return {
    broken: (act) => {
      const shape = shapes.get(act.type)
      if (shape === undefined) return undefined
      const data = shape.safeParse(act.data).data
      if (data === undefined) return { code: 'malformed', reason: 'not an act about the data of a person' }
      const files = [...data.files].sort().join(' ')
      if (!answers.has(act.type)) {
        asked.set(act.id, { seq: act.seq, right: data.right, files })
        return undefined
      }
      const request = asked.get(data.act?.id ?? '')
      if (request?.seq !== data.act?.seq || request?.right !== data.right || request.files !== files)
        return { code: 'notFound', reason: 'this counter told of no such request of a person', field: 'act' }
      if (answered.has(data.act?.id ?? ''))
        return { code: 'settled', reason: 'the request was answered before', field: 'act' }
      answered.add(data.act?.id ?? '')
      return undefined
    },
  }
}

/** Enters applied requests and answers, so that a person who asks the platform is told what his office did. */
export async function filePersons(session: Session, counter: string, acts: readonly Command[]): Promise<void> {
  const read = acts.flatMap((act) => {
    const data = shapes.get(act.type)?.safeParse(act.data).data
    return data === undefined ? [] : [{ act, data }]
  })
  await insert(
    session,
    'personal_request (counter_id, id, seq, asked, files)',
    read
      .filter(({ act }) => !answers.has(act.type))
      .map(({ act, data }) => [counter, act.id, act.seq, data.right, [...data.files].sort().join(' ')]),
  )
  await insert(
    session,
    'personal_answer (counter_id, request_id, seq, kind)',
    read.flatMap(({ act, data }) => {
      const kind = answers.get(act.type)
      return kind === undefined ? [] : [[counter, data.act?.id ?? '', act.seq, kind]]
    }),
  )
}
