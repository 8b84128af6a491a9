import { z } from 'zod'
import { language } from '#shared/domain/text.ts'

const flag = z.enum(['0', '1']).default('0').transform((value) => value === '1')

const environment = z.object({
  /** The data folder; the user's own application folder when absent. */
  GUICHET_DATA: z.string().min(1).optional(),
  /** Where the central platform is; without one everything waits in the outbox. */
  GUICHET_PLATFORM: z.url({ protocol: /^https?$/ }).optional(),
  /** Simulated devices stand in for absent ones. */
  GUICHET_TRAINING: flag,
  /** The embedded default with its demo accounts. */
  GUICHET_DEMO: flag,
  /** Pinned roots of the card profiles, in place of those that are shipped. */
  GUICHET_TRUST: z.string().min(1).optional(),
  /** Master lists and certificates of the countries whose documents are believed, in place of those that are shipped. */
  GUICHET_CSCA: z.string().min(1).optional(),
  /** The list of programs for national cards (`shared/ports/nationalCard.ts`). */
  GUICHET_PLUGINS: z.string().min(1).optional(),
  /** Where the simulated printer leaves its pages, in place of the data folder. */
  GUICHET_SPOOL: z.string().min(1).optional(),
  /** A better-sqlite3 addon built for this runtime, in place of the prebuilt one. */
  GUICHET_SQLITE_BINDING: z.string().min(1).optional(),
  /** The language of the first screen, before anybody signed in. */
  GUICHET_LANGUAGE: language.optional(),
})

export interface Settings {
  readonly dataDir: string | undefined
  readonly platformUrl: string | undefined
  readonly training: boolean
  readonly demo: boolean
  readonly trustDir: string | undefined
  readonly cscaDir: string | undefined
  readonly pluginsFile: string | undefined
  readonly spoolDir: string | undefined
  readonly sqliteBinding: string | undefined
  readonly language: z.infer<typeof language> | undefined
  /** Start, say READY when every part is, and leave: for checking a package. */
  readonly smoke: boolean
}

/** What the one who starts the program may set. Throws on a value that makes no sense: better no start than a wrong one. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, args: readonly string[]): Settings {
  const parsed = environment.parse(env)
  return {
    dataDir: parsed.GUICHET_DATA,
    platformUrl: parsed.GUICHET_PLATFORM,
    training: parsed.GUICHET_TRAINING,
    demo: parsed.GUICHET_DEMO,
    trustDir: parsed.GUICHET_TRUST,
    cscaDir: parsed.GUICHET_CSCA,
    pluginsFile: parsed.GUICHET_PLUGINS,
    spoolDir: parsed.GUICHET_SPOOL,
    sqliteBinding: parsed.GUICHET_SQLITE_BINDING,
    language: parsed.GUICHET_LANGUAGE,
    smoke: args.includes('--smoke'),
  }
}
