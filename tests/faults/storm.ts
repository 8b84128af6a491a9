import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashSync } from '@node-rs/argon2'
import type pg from 'pg'
import { counterId, type CounterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { createDraw, type Draw } from '#tests/fuzz/draw.ts'
import { drivers } from './acts.ts'
import type { Birth } from './counterLoop.ts'
import { ageFiles, nothingLooked, type FilesLooked } from './files.ts'
import { live, nothingHeard, numbersOf, unborn, type Heard, type HeardAct } from './kill.ts'
import { look } from './look.ts'
import { restore, snapshot } from './older.ts'
import { printed, twice } from './paper.ts'
import { settle, type Settled } from './settle.ts'
import { places } from './strike.ts'
import type { Exposed } from './weather.ts'

interface Options {
  readonly folder: string
  readonly counter: string
  readonly seed: number
  readonly kills: number
  /** The counter's loop as one file. */
  readonly program: string
  readonly platform: Exposed
  readonly client: pg.Client
  /** One in so many kills an older copy of the register is put in its place. */
  readonly restoreOneIn?: number
  /** No life begins after this, in milliseconds since 1970. */
  readonly until: number
}

/** What came of one register. */
export interface Survived {
  readonly heard: Heard
  readonly kills: number
  readonly restores: number
  /** Windows that were opened in all lives, each with a session of its own. */
  readonly windows: number
  readonly looked: FilesLooked
  /** What both sides hold at the end. */
  readonly end: Settled
  readonly failed: readonly string[]
}

/**
 * One counter that lives and dies so many times in bad weather, looked at after each death, and compared with the
 * platform at the end.
 */
export async function weather({
  folder,
  counter: name,
  seed,
  kills,
  program,
  platform,
  client,
  restoreOneIn = 40,
  until,
}: Options): Promise<Survived> {
  const counter = counterId.parse(name)
  const data = join(folder, name)
  mkdirSync(data, { recursive: true })
  const resourcesDir = resourcesFor(join(folder, `${name}-resources`), counter)
  const draw = createDraw(seed, 1_000_000 + kills)
  const heard = nothingHeard()
  const failed: string[] = []
  const given = new Map<string, string>()
  const looked = nothingLooked()
  const trail = join(data, 'paper.txt')
  let [checked, restores, wasRestored, windows, paperFrom] = [0, 0, false, 0, 0]
  let expected: HeardAct[] = []
  let spare = unborn(program)
  let life = 0
  for (; life < kills && Date.now() < until; life += 1) {
    const child = spare
    spare = unborn(program)
    const birth: Birth = {
      folder: data,
      resourcesDir,
      platformUrl: platform.url,
      seed,
      life,
      kinds: Object.keys(drivers),
      restored: restores > 0,
      printer: life % 3 === 0,
      hall: true,
      ...surroundings(life, draw),
    }
    windows += birth.windows
    const long = life % 3 === 0 || birth.strike !== undefined
    const other = await live(
      {
        birth,
        // There is something to lose from the first life on; a copy takes its time, and comes before the kill.
        least: 4 + draw.below(14) + (life === 0 || birth.strike?.place.includes('cop') === true ? 12 : 0),
        within: long ? 1_500 : 120,
        random: () => draw.below(1e6) / 1e6,
        child,
      },
      heard,
    )
    const fresh = heard.acts.slice(checked)
    checked = heard.acts.length
    failed.push(
      ...other.filter((line) => !line.startsWith('quarantine')).map((line) => `life ${String(life)}: ${line}`),
    )
    if (wasRestored && other.includes('quarantine none')) failed.push(`life ${String(life)}: an old register took acts`)
    // A life may end before it says so.
    wasRestored &&= !other.some((line) => line.startsWith('quarantine'))
    for (const [id, number] of numbersOf({ acts: fresh })) {
      if (given.get(number) !== undefined && given.get(number) !== id) failed.push(`number given twice: ${number}`)
      given.set(number, id)
    }
    expected.push(...fresh)
    const seen = await look(data, join(folder, `${name}-look`), { counter, acts: expected, fresh, paperFrom, looked })
    failed.push(...seen.failed.map((line) => `life ${String(life)}: ${line}`))
    await shakeNumbers(client, counter, seen.next, draw.below(8))
    if (draw.chance(1 / 3)) ageFiles(data)
    if (draw.chance(1 / 8)) letWeeksPass(data)
    if (life % 7 === 3) snapshot(data, join(folder, `${name}-older`))
    if (draw.below(restoreOneIn) === 0) {
      // What is on its way when a register is put back would arrive after what comes next.
      await platform.still()
      const after = restore(data, join(folder, `${name}-older`), draw.chance(0.5), expected)
      if (after !== undefined) {
        wasRestored = after.behind
        expected = after.left
        failed.push(...after.failed.map((line) => `life ${String(life)}: ${line}`))
        heard.answers.clear()
        paperFrom = printed(trail).length
        restores += 1
      }
    }
    if (failed.length > 20) break
  }
  spare.kill('SIGKILL')
  const end = await settle({ data, resourcesDir, counter, platform, client, whole: restores === 0, paperFrom })
  failed.push(...twice(trail, { whole: restores === 0 }).map((title) => `a paper came out twice: ${title}`))
  failed.push(...end.failed)
  // What is sound is not kept: so many registers with their files and copies fill a disk.
  if (failed.length === 0)
    for (const place of [data, `${data}-look`, `${data}-older`, join(platform.files, counter)])
      rmSync(place, { recursive: true, force: true })
  return { heard, kills: life, restores, windows, looked, end, failed }
}

/**
 * How a life is: two windows or three; every second one makes copies of its register and looks over its files all the
 * time, and every third ends at a place that a random instant hardly hits.
 */
const surroundings = (life: number, draw: Draw): Pick<Birth, 'windows' | 'maintenance' | 'strike'> => {
  const place = life % 3 === 1 ? places[Math.floor(life / 3) % places.length] : undefined
  const copied = place?.includes('cop') === true
  const often = (first: number): { first: number; every: number } => ({ first: 20 + draw.below(first), every: 150 })
  return {
    windows: 2 + (life % 2),
    ...(copied || draw.chance(0.5) ? { maintenance: { round: often(300), backupEvery: 0, files: often(300) } } : {}),
    ...(place === undefined ? {} : { strike: { place, nth: life < places.length ? 0 : draw.below(copied ? 2 : 4) } }),
  }
}

/** As if files had been on the platform for weeks: an erasure may take them. */
const letWeeksPass = (data: string): void => {
  const store = openTestStore(data)
  valueOf(
    store.upkeep((db) =>
      ok(db.run(`UPDATE uploads SET stored_at = '2026-01-05T09:00:00.000Z' WHERE stored_at IS NOT NULL`)),
    ),
  )
  store.close()
}

/** The embedded default of another counter, whose passwords cost less to check: a life is short. */
const cheap = hashSync('guichet-demo', { memoryCost: 64, timeCost: 1, parallelism: 1 })
const resourcesFor = (to: string, counter: CounterId): string => {
  mkdirSync(join(to, 'seed'), { recursive: true })
  for (const name of readdirSync(resources))
    if (name !== 'seed' && !existsSync(join(to, name))) symlinkSync(join(resources, name), join(to, name))
  for (const name of readdirSync(join(resources, 'seed'))) {
    const [code, desk] = counter.split('-')
    const text = readFileSync(join(resources, 'seed', name), 'utf8')
    writeFileSync(
      join(to, 'seed', name),
      name === 'office.json'
        ? JSON.stringify({ ...(JSON.parse(text) as object), code, counter: desk })
        : text.replaceAll(/\$argon2id\$[^"]+/g, cheap),
    )
  }
  return to
}

/**
 * The platform gives a number that comes next to somebody else, or takes it away from him: acts are refused, and can be
 * put right.
 */
const shakeNumbers = async (
  client: pg.Client,
  counter: CounterId,
  next: string | undefined,
  what: number,
): Promise<void> => {
  if (what < 3 && next !== undefined) {
    await client.query(
      `INSERT INTO deposit (counter_id, number, request_id, procedure_code, complete, seq) VALUES ($1, $2, 'other', 'X', true, 0) ON CONFLICT DO NOTHING`,
      [counter, next],
    )
  }
  if (what === 3) await client.query('DELETE FROM deposit WHERE counter_id = $1 AND seq = 0', [counter])
}
