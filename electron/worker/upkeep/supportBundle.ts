import { readdirSync, readFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Versions } from '#shared/contract/hosts.ts'
import { logFolder, logLine } from '#shared/log.ts'
import { ok, type Result } from '#shared/result.ts'
import { packTar } from '../outbox/carrier/tar.ts'
import type { Pieces } from '../files/writeOut.ts'

/** What support is given, besides the logs: each becomes a JSON file of this name. */
export interface SupportParts {
  readonly dataDir: string
  readonly versions: Versions
  /** Settings by name (`tellSettings`). */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** Reports: `doctor`, `register`. No person's data: what is in them comes from facts about the machine. */
  readonly reports: Readonly<Record<string, unknown>>
}

/** Every log together, in bytes, is less than this: `electron/main/log.ts` keeps five files of a million. */
const mostLog = 6_000_000

/**
 * The support bundle: a `tar.gz` of the logs, the versions, the settings by name and the reports. Texts are cleaned as
 * the log is (`logLine`): nothing that is quoted, no address, no long figure, of a path its last part.
 */
export function supportBundle({ dataDir, versions, settings, reports }: SupportParts): Uint8Array<ArrayBuffer> {
  const about = {
    ...versions,
    node: process.versions.node,
    platform: `${platform()} ${arch()} ${release()}`,
  }
  const files: readonly (readonly [name: string, text: string])[] = [
    ['versions.json', json(about)],
    ['settings.json', json(settings)],
    ...Object.entries(reports).map(([name, report]) => [`${name}.json`, json(cleaned(report))] as const),
    ...logs(dataDir),
  ]
  const entries = files.map(([name, text]) => {
    const bytes = new TextEncoder().encode(text)
    return { name, size: bytes.byteLength, pieces: () => [bytes] }
  })
  return new Uint8Array(gzipSync(Buffer.concat([...packTar(entries)])))
}

/** The bundle as `writeOut` takes it. */
export function* supportPieces(parts: SupportParts): Pieces<undefined> & Generator<Uint8Array, Result<undefined>> {
  yield supportBundle(parts)
  return ok(undefined)
}

/** How a bundle is called. */
export const supportName = (counter: string, now: Date): string =>
  `guichet-${counter}-${now.toISOString().slice(0, 16).replace(/[:T]/gu, '')}.tar.gz`

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

const cleaned = (value: unknown): unknown => {
  if (typeof value === 'string') return value.split('\n').map(logLine).join('\n')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]): [string, unknown] => [name, cleaned(inner)]))
}

/** Oldest first, each line cleaned once more: one of an older program may not have been. */
const logs = (dataDir: string): readonly (readonly [string, string])[] => {
  const folder = logFolder(dataDir)
  let room = mostLog
  return namesIn(folder).flatMap((name) => {
    try {
      const text = readFileSync(join(folder, name), 'utf8').slice(-room)
      room -= text.length
      return room < 0 ? [] : [[`logs/${name}`, text.split('\n').map(logLine).join('\n')] as const]
    } catch {
      return []
    }
  })
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => /^guichet\.log(\.\d)?$/u.test(name))
      .sort()
  } catch {
    return []
  }
}
