import type { FastifyInstance } from 'fastify'
import { headClaim } from '#shared/contract/heads.ts'
import { platformPaths } from '#shared/contract/platform.ts'
import type { Database } from './database.ts'
import { countersign, newestHeads } from './heads.ts'
import { consistencyPath, inclusionPath, rootAt } from './log.ts'
import { refuse } from './refuse.ts'
import type { Secrets } from './secrets.ts'

type Named = { Params: { counterId: string } }

/** Countersigned heads and the proofs of a counter's log, for whoever has proved to be that counter. */
export function addProofs(signed: FastifyInstance, database: Database, secrets: Secrets): void {
  signed.get<Named>(platformPaths.heads(':counterId'), async (request) => ({
    heads: await newestHeads(database, request.params.counterId),
  }))
  signed.post<Named>(platformPaths.heads(':counterId'), async (request, reply) => {
    const claim = headClaim.safeParse(request.body)
    if (!claim.success) return refuse(reply, 422, 'malformed', 'Not a head')
    const done = await countersign(database, secrets, request.params.counterId, claim.data)
    if (!('refused' in done)) return done
    const { refused, ...against } = done
    return refuse(reply, 409, refused, 'The journal does not go on from what was countersigned', against)
  })
  signed.get<Named & { Querystring: { seq?: string; size?: string } }>(
    platformPaths.inclusion(':counterId'),
    async (request, reply) => {
      const { counterId } = request.params
      const now = await sizeOf(database, counterId)
      const [seq, size] = [
        wholeNumber(request.query.seq),
        request.query.size === undefined ? now : wholeNumber(request.query.size),
      ]
      if (seq === undefined || size === undefined || size > now)
        return refuse(reply, 400, 'bad-size', '`seq` and `size` are numbers within the log')
      const [row] = await database.query<{ log_index: string | number | null }>(
        'SELECT log_index FROM command WHERE counter_id = $1 AND seq = $2',
        [counterId, seq],
      )
      const index = row?.log_index === null || row === undefined ? undefined : Number(row.log_index)
      if (index === undefined || index >= size)
        return refuse(reply, 404, 'not-logged', 'The log of this size holds no such act')
      return {
        ...(await rootAt(database, counterId, size)),
        index,
        path: await inclusionPath(database, counterId, index, size),
      }
    },
  )
  signed.get<Named & { Querystring: { first?: string; second?: string } }>(
    platformPaths.consistency(':counterId'),
    async (request, reply) => {
      const { counterId } = request.params
      const [first, second] = [wholeNumber(request.query.first), wholeNumber(request.query.second)]
      if (
        first === undefined ||
        second === undefined ||
        first > second ||
        second > (await sizeOf(database, counterId))
      ) {
        return refuse(reply, 400, 'bad-size', '`first` and `second` are sizes that the log had, the smaller first')
      }
      return {
        first: await rootAt(database, counterId, first),
        second: await rootAt(database, counterId, second),
        path: await consistencyPath(database, counterId, first, second),
      }
    },
  )
}

const sizeOf = async (database: Database, counter: string): Promise<number> =>
  Number(
    (
      await database.query<{ log_size: string | number }>('SELECT log_size FROM counter_state WHERE counter_id = $1', [
        counter,
      ])
    )[0]?.log_size ?? 0,
  )

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
