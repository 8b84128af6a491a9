import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { OfficeFile } from '#shared/contract/officeFile.ts'
import { account, type Account } from '#shared/contract/platform.ts'
import { calendar, type Calendar } from '#shared/domain/clock/calendar.ts'
import { officeSeed, type OfficeSeed } from '#shared/domain/office.ts'
import { procedure, type Procedure } from '#shared/domain/request/procedure.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'

/** What a new register begins with. */
export interface Seed {
  readonly office: OfficeSeed
  readonly calendars: readonly Calendar[]
  readonly procedures: readonly Procedure[]
  /** Those of the demonstration office; an administration's own come from its platform. */
  readonly accounts: readonly Account[]
}

/**
 * Reads the demonstration office from `resources`: only a demonstration begins with it. Fault: file.unreadable, with the
 * name of the file.
 */
export function readSeed(resourcesDir: string): Result<Seed> {
  try {
    const office = read(join(resourcesDir, 'seed', 'office.json'), officeSeed)
    const folder = join(resourcesDir, 'procedures')
    return ok({
      office,
      calendars: office.calendars.map((name) => read(join(resourcesDir, 'calendars', `${name}.json`), calendar)),
      procedures: readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => read(join(folder, name), procedure)),
      accounts: read(join(resourcesDir, 'seed', 'accounts.json'), z.array(account)),
    })
  } catch (cause) {
    return err(faultOf('file.unreadable', cause instanceof Error ? cause.message.slice(0, 300) : 'seed'))
  }
}

/**
 * What a counter begins with by the file of its platform's operator: the office and who may sign in first. The sheets
 * come with the first feed, as further calendars do. Fault: file.unreadable, with the name of a calendar's file.
 */
export function seedOf({ office, accounts, code }: OfficeFile, resourcesDir: string): Result<Seed> {
  try {
    const bundled = office.calendars.map((name) => join(resourcesDir, 'calendars', `${name}.json`)).filter(existsSync)
    return ok({
      office: { ...office, ...(code === undefined ? {} : { enrolmentCode: code }) },
      calendars: bundled.map((path) => read(path, calendar)),
      procedures: [],
      accounts,
    })
  } catch (cause) {
    return err(faultOf('file.unreadable', cause instanceof Error ? cause.message.slice(0, 300) : 'calendar'))
  }
}

const read = <T>(path: string, schema: z.ZodType<T>): T => {
  const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
