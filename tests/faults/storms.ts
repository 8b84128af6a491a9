import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '#tests/platform/postgres.ts'
import { bundleLoop } from './bundle.ts'
import type { Outcome } from './outcome.ts'
import { weather, type Survived } from './storm.ts'
import { expose } from './weather.ts'

/**
 * Kills of one register before the next one begins: a short one is looked at faster, and each ends by a comparison with
 * the platform.
 */
const perRegister = 50

interface Options {
  readonly folder: string
  readonly kills: number
  /** Registers that live side by side. */
  readonly lanes: number
  readonly seed: number
  /** After so many minutes no life begins any more: what there is then is compared, and counted. */
  readonly minutes?: number
  /** Hears of each register that came to its end. */
  readonly onEnd?: (line: string) => void
}

/**
 * Counters that are killed again and again while a platform on real PostgreSQL is killed too; what came of it, in
 * words.
 */
export async function storms({ folder, kills, lanes, seed, minutes = Infinity, onEnd }: Options): Promise<Outcome> {
  const program = await bundleLoop()
  const postgres = await startPostgres()
  const platform = await expose(postgres.url, join(folder, 'platform'))
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  const all: Survived[] = []
  const registers = Math.max(lanes, Math.ceil(kills / perRegister))
  const until = Date.now() + minutes * 60_000
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = (next += 1); at <= registers && Date.now() < until; at = next += 1) {
      const share = Math.floor((kills * at) / registers) - Math.floor((kills * (at - 1)) / registers)
      all.push(
        await weather({
          folder,
          counter: `STORM${String(at)}-G1`,
          seed: seed + at,
          kills: share,
          program,
          platform,
          client,
          until,
        }),
      )
      onEnd?.(
        [
          `${String(all.length)} of ${String(registers)} registers: ${inWords(all)}`,
          ...(all.at(-1)?.failed ?? []).slice(0, 5),
        ].join('\n     FAIL '),
      )
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, lane))
  } finally {
    await platform.close()
    await client.end()
    await postgres.stop()
  }
  return {
    count: all.reduce((total, one) => total + one.kills, 0),
    came: inWords(all),
    more: [...filesOf(all), `the way and the platform: ${counts(platform.happened)}`, ...kindsOf(all)],
    failed: all.flatMap((one) => one.failed),
  }
}

const counts = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([what, n]) => `${what} ${String(n)}`)
    .join(', ')

const inWords = (all: readonly Survived[]): string => {
  const sum = (of: (one: Survived) => number): string => String(all.reduce((total, one) => total + of(one), 0))
  return (
    `${sum((one) => one.heard.acts.length)} acts heard on ${String(all.length)} registers, ${sum((one) => one.end.acts)} sent, each once on both sides; ` +
    `${sum((one) => one.end.refused)} refused by the platform, ${sum((one) => one.restores)} older registers put back`
  )
}

/** Files, papers and windows: what was looked at after the kills, and what there is at the end. */
const filesOf = (all: readonly Survived[]): readonly string[] => {
  const sum = (of: (one: Survived) => number): string => String(all.reduce((total, one) => total + of(one), 0))
  const looked = (of: 'named' | 'whole' | 'papers' | 'printed' | 'tickets'): string => sum((one) => one.looked[of])
  return [
    `looked at after the kills: files named ${looked('named')}, whole ${looked('whole')} (of papers ${looked('papers')}); ` +
      `left by the kills: half written ${sum((one) => one.looked.half.size)}, whole and not named ${sum((one) => one.looked.unnamed.size)}, all removed`,
    `at the end: files named by acts ${sum((one) => one.end.actFiles)}, by papers ${sum((one) => one.end.papers)}, all whole; on the platform ${sum((one) => one.end.there)}, all whole`,
    `papers that came out ${looked('printed')} times compared with their bytes; windows ${sum((one) => one.windows)}; tickets of the hall ${looked('tickets')}, each once and without a gap`,
  ]
}

const kindsOf = (all: readonly Survived[]): readonly string[] => {
  const heard: Record<string, number> = {}
  const cut: Record<string, number> = {}
  const refused: Record<string, number> = {}
  const struck: Record<string, number> = {}
  const asked: Record<string, number> = {}
  const add = (to: Record<string, number>, what: string, n: number): void => {
    to[what] = (to[what] ?? 0) + n
  }
  for (const one of all) {
    for (const { kind } of one.heard.acts) add(heard, kind, 1)
    for (const [kind, n] of one.heard.cut) add(cut, kind, n)
    for (const [what, n] of one.heard.refused) add(refused, what, n)
    for (const [place, n] of one.heard.struck) add(struck, place, n)
    for (const [kind, n] of one.heard.twice) add(asked, kind, n)
  }
  return [
    `heard: ${counts(heard)}`,
    `answered at two windows at once: ${counts(asked)}`,
    `cut by the kill: ${counts(cut)}`,
    `killed at a chosen place: ${counts(struck)}`,
    `refused in words: ${counts(refused)}`,
  ]
}
