import { clientVersionHeader, leastVersion, programVersion } from '#shared/contract/platform.ts'
import type { Database } from './database.ts'

/** How long a node goes on with what it read, in milliseconds. */
const believedFor = 1_000

/** Which versions of the client there are, and the least one that is taken. */
export interface ClientVersions {
  /** The least version, when this one is older than that; a client that does not say which it is, is. */
  tooOld(said: string | undefined): Promise<string | undefined>
  /** Notes which version a device runs; once for each that it runs. */
  note(counterId: string, kid: string, said: string | undefined): Promise<void>
  /** From now on at least this one; nothing: any. */
  ask(least: string | undefined): Promise<void>
}

/** Kept in the database, for all nodes. */
export function createClientVersions(database: Database): ClientVersions {
  let known: { readonly least: string | undefined; readonly at: number } | undefined
  const noted = new Map<string, string>()
  const least = async (): Promise<string | undefined> => {
    if (known !== undefined && Date.now() - known.at < believedFor) return known.least
    const [row] = await database.brief.query<{ value: string }>(`SELECT value FROM setting WHERE name = 'leastVersion'`)
    const read = leastVersion.safeParse({ least: row?.value ?? null })
    known = { least: read.success ? (read.data.least ?? undefined) : undefined, at: Date.now() }
    return known.least
  }
  return {
    tooOld: async (said) => {
      const wanted = await least()
      if (wanted === undefined) return undefined
      const version = programVersion.safeParse(said)
      return version.success && compare(version.data, wanted) >= 0 ? undefined : wanted
    },
    note: async (counterId, kid, said) => {
      const version = programVersion.safeParse(said)
      const device = `${counterId} ${kid}`
      if (!version.success || noted.get(device) === version.data) return
      await database.brief.query('UPDATE device SET version = $3 WHERE counter_id = $1 AND kid = $2', [
        counterId,
        kid,
        version.data,
      ])
      noted.set(device, version.data)
    },
    ask: async (wanted) => {
      await database.query(`DELETE FROM setting WHERE name = 'leastVersion'`)
      if (wanted !== undefined)
        await database.query(`INSERT INTO setting (name, value) VALUES ('leastVersion', $1)`, [wanted])
      known = undefined
    },
  }
}

/** What a request says of the program that sends it. */
export const versionSaid = (headers: Readonly<Record<string, unknown>>): string | undefined => {
  const said = headers[clientVersionHeader]
  return typeof said === 'string' ? said : undefined
}

const compare = (one: string, other: string): number => {
  const [mine, theirs] = [one, other].map((text) => text.split('.').map(Number))
  for (let at = 0; at < 3; at += 1) {
    const difference = (mine?.[at] ?? 0) - (theirs?.[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
