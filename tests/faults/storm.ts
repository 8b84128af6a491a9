import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import { hashSync } from '@node-rs/argon2'
import type pg from 'pg'
import { counterId, type CounterId } from '#shared/ids.ts'
import { countUploads } from '#electron/worker/outbox/rows/uploads.ts'
import { openTestStore, valueOf } from '#tests/builders/register.ts'
import { devicesWith, resources, startWorker } from '#tests/builders/worker.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import { drivers } from './acts.ts'
import { marksFail, whatFails } from './holds.ts'
import { live, nothingHeard, numbersOf, unborn, type Heard, type HeardAct } from './kill.ts'
import { keptPaper, twice } from './paper.ts'
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
}

/** What came of one register. */
export interface Survived {
  readonly heard: Heard
  readonly restores: number
  /** Acts that wait in the register at the end, all answered. */
  readonly acts: number
  readonly refusedByPlatform: number
  readonly failed: readonly string[]
}

const registerFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('register.db'))

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
}: Options): Promise<Survived> {
  const counter = counterId.parse(name)
  const data = join(folder, name)
  mkdirSync(data, { recursive: true })
  const resourcesDir = resourcesFor(join(folder, `${name}-resources`), counter)
  const draw = createDraw(seed, 1_000_000 + kills)
  const heard = nothingHeard()
  const failed: string[] = []
  const given = new Map<string, string>()
  let [checked, restores, wasRestored] = [0, 0, false]
  let expected: HeardAct[] = []
  let spare = unborn(program)
  for (let life = 0; life < kills; life += 1) {
    const child = spare
    spare = unborn(program)
    const other = await live(
      {
        birth: {
          folder: data,
          resourcesDir,
          platformUrl: platform.url,
          seed,
          life,
          kinds: Object.keys(drivers),
          restored: restores > 0,
          printer: life % 3 === 0,
        },
        least: 1 + draw.below(8),
        within: life % 3 === 0 ? 1_500 : 120,
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
    const look = inspect(data, join(folder, `${name}-look`), expected, fresh, counter)
    failed.push(...look.failed.map((line) => `life ${String(life)}: ${line}`))
    await shakeNumbers(client, counter, look.next, draw.below(8))
    if (life % 7 === 3) snapshot(data, join(folder, `${name}-older`))
    if (draw.below(restoreOneIn) === 0 && existsSync(join(folder, `${name}-older`))) {
      // What is on its way when a register is put back would arrive after what comes next.
      await platform.still()
      const after = restore(data, join(folder, `${name}-older`), expected)
      wasRestored = after.behind
      expected = after.left
      restores += 1
    }
    if (failed.length > 20) break
  }
  spare.kill('SIGKILL')
  const end = await settle({ data, resourcesDir, counter, platform, client, whole: restores === 0 })
  failed.push(
    ...twice(join(data, 'paper.txt'), { whole: restores === 0 }).map((title) => `a paper came out twice: ${title}`),
  )
  return { heard, restores, acts: end.acts, refusedByPlatform: end.refused, failed: [...failed, ...end.failed] }
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

/** Looks at a copy, so that the next life finds the register as the kill left it. */
const inspect = (
  data: string,
  copy: string,
  acts: readonly HeardAct[],
  fresh: readonly HeardAct[],
  counter: CounterId,
) => {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy)
  for (const name of readdirSync(data))
    if (/^(register\.db|high-water)/.test(name)) cpSync(join(data, name), join(copy, name))
  const store = openTestStore(copy)
  try {
    const quarantined =
      store.db.get<{ n: number }>(`SELECT count(*) AS n FROM settings WHERE key = 'quarantine'`)?.n === 1
    const last = store.db.get<{ number: string }>(
      'SELECT number FROM requests ORDER BY year DESC, sequence DESC LIMIT 1',
    )?.number
    return {
      failed: [...whatFails(store, acts, counter), ...(quarantined ? [] : marksFail(copy, store, fresh))],
      next: last === undefined ? undefined : numberAfter(last),
    }
  } finally {
    store.close()
  }
}

const numberAfter = (number: string): string =>
  number.replace(
    /\/(\d+)(-S\d+)?$/,
    (_, digits: string, series = '') =>
      `/${String(Number(digits) + 1).padStart(digits.length, '0')}${series as string}`,
  )

const snapshot = (data: string, to: string): void => {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to)
  for (const name of registerFiles(data)) cpSync(join(data, name), join(to, name))
}

/**
 * An older copy in the place of the register; which of the heard acts are left in it, and whether it lacks any link.
 */
const restore = (
  data: string,
  from: string,
  acts: readonly HeardAct[],
): { readonly left: HeardAct[]; readonly behind: boolean } => {
  const links = (folder: string): number => {
    const store = openTestStore(folder)
    const n = store.db.get<{ n: number }>('SELECT count(*) AS n FROM journal')?.n ?? 0
    store.close()
    return n
  }
  const marks = ['high-water.a', 'high-water.b'].map((slot) =>
    existsSync(join(data, slot)) ? (/"seq":(\d+)/.exec(readFileSync(join(data, slot), 'utf8'))?.[1] ?? '0') : '0',
  )
  for (const name of registerFiles(data)) rmSync(join(data, name))
  for (const name of registerFiles(from)) cpSync(join(from, name), join(data, name))
  const behind = links(data) < Math.max(...marks.map(Number))
  const store = openTestStore(data)
  const left = acts.filter(({ kind, id, evidence }) => drivers[kind]?.held(store.db, id, evidence) === true)
  store.close()
  return { left, behind }
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

interface Settling {
  readonly data: string
  readonly resourcesDir: string
  readonly counter: CounterId
  readonly platform: Exposed
  readonly client: pg.Client
  readonly whole: boolean
}

/**
 * Everything that waits is sent, in the same weather; then both sides say the same of each act, in the same order,
 * once.
 */
async function settle({
  data,
  resourcesDir,
  counter,
  platform,
  client,
  whole,
}: Settling): Promise<{ acts: number; refused: number; failed: readonly string[] }> {
  const failed: string[] = []
  const worker = startWorker(data, devicesWith(keptPaper(join(data, 'paper.txt'))), {
    resourcesDir,
    platformUrl: platform.url,
  })
  valueOf(await worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' }))
  let waits = true
  for (let left = 400; waits && left > 0; left -= 1) {
    if (valueOf(await worker.ask('app.state', {})).quarantine !== undefined)
      await worker.ask('series.renew', { reason: 'spécimen' })
    await worker.ask('outbox.drain', {})
    const { pending, filesPending = 0 } = valueOf(await worker.ask('sync.status', {}))
    waits = pending > 0 || filesPending > 0
    if (waits) await later(100)
  }
  await worker.close()
  const store = openTestStore(data)
  const ours = store.db.all<{ seq: number; id: string; state: string }>(
    'SELECT seq, id, state FROM outbox ORDER BY seq',
  )
  const theirs = (
    await client.query<{ seq: string; id: string; status: string }>(
      'SELECT seq, id, status FROM command WHERE counter_id = $1 ORDER BY seq',
      [counter],
    )
  ).rows
  const line = (seq: number, id: string, status: string): string => `${String(seq)} ${id} ${status}`
  const there = new Set(theirs.map(({ seq, id, status }) => line(Number(seq), id, status)))
  const missing = ours.filter(({ seq, id, state }) => !there.has(line(seq, id, state)))
  if (missing.length > 0)
    failed.push(
      `${String(missing.length)} acts are not on the platform as here: ${missing
        .slice(0, 3)
        .map(({ seq, id, state }) => line(seq, id, state))
        .join('; ')}`,
    )
  if (theirs.length !== ours.length) failed.push(`${String(theirs.length)} acts there, ${String(ours.length)} here`)
  const alarms = (await client.query('SELECT seq FROM alarm WHERE counter_id = $1', [counter])).rows.length
  if (alarms > 0) failed.push(`${String(alarms)} conflicts`)
  if (countUploads(store.db) > 0) failed.push('files that never came')
  const pendingThere = (
    await client.query('SELECT sha256 FROM attachment WHERE counter_id = $1 AND stored_at IS NULL', [counter])
  ).rows.length
  if (whole && pendingThere > 0) failed.push(`${String(pendingThere)} files the platform waits for`)
  failed.push(...whatFails(store, [], counter))
  store.close()
  return { acts: ours.length, refused: ours.filter(({ state }) => state === 'rejected').length, failed }
}
