import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const root = join(import.meta.dirname, '..')

const runtime = z.object({
  /** Path of the Electron binary. */
  electron: z.string(),
  version: z.string(),
  standIn: z.boolean(),
  /** The addon built for the stand-in; the prebuilt one serves the official runtime. */
  sqliteBinding: z.string().optional(),
})
export type Runtime = z.infer<typeof runtime>

/** What the set-up found and built. */
export const readRuntime = (): Runtime =>
  runtime.parse(JSON.parse(readFileSync(join(root, '.cache/runtime.json'), 'utf8')))

/** What a process on this runtime must be told of it. */
export const runtimeEnv = ({ sqliteBinding }: Runtime): Record<string, string> =>
  sqliteBinding === undefined ? {} : { GUICHET_SQLITE_BINDING: sqliteBinding }

/** Chromium refuses its own process sandbox to root: only launchers of tests and demos pass this, never the program. */
export const launchArguments = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])
