import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { calculateJwkThumbprint, SignJWT } from 'jose'
import pg from 'pg'
import { eventsBatchType, platformAudience, platformPaths } from '#shared/contract/platform.ts'
import { counterId, type CounterId } from '#shared/ids.ts'
import { aCommand, anIdentity } from '#tests/builders/commands.ts'
import { readAccessSecrets } from '#tests/platform/accessSecrets.ts'
import { insert, openDatabase } from '#tests/platform/database.ts'
import { startPostgres } from '#tests/platform/postgres.ts'
import type { Figure } from './measure.ts'

const counters = 10_000
/** Each counter sends what it has once in so many seconds. */
const period = 60
/** Acts per second of all counters together, step by step, until the platform no longer follows. */
const steps = [500, 1_000, 2_000, 4_000, 8_000] as const
/** A step is measured for so many seconds. */
const stepSeconds = 10

/**
 * 10,000 counters against one node of the reference platform in a process of its own, on real PostgreSQL: an open loop,
 * so that a late answer delays
 * nobody else and waiting counts from the moment when the batch was due. Proofs are signed before each step. The floor
 * is the same number of bare
 * questions (`/v1/time`) to the same node.
 */
export async function benchCounters(runs: number): Promise<readonly Figure[]> {
  const postgres = await startPostgres()
  const platform = spawn(process.execPath, [join(import.meta.dirname, '..', 'platform', 'index.ts'), '--port', '0'], {
    env: { ...process.env, DATABASE_URL: postgres.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(createInterface({ input: platform.stdout }), 'line')) as [string]
    const { url } = JSON.parse(line) as { url: string } // said by our own platform
    const desk = await enrolled(postgres.url, url)
    const figures: Figure[] = []
    for (const rate of steps.slice(0, runs)) {
      const batch = Math.round((rate * period) / counters)
      const due = Math.round((rate * stepSeconds) / batch)
      const bare = await openLoop(due, (_, agent) => ask(agent, url, 'GET', platformPaths.time, {}))
      const sends = await desk.prepared(due, batch)
      const times = await openLoop(due, (at, agent) => sends[at]?.(agent) ?? Promise.resolve(0))
      const failed = times.filter((time) => time === Infinity).length
      for (const share of [0.5, 0.99]) {
        figures.push({
          name: `${rate.toLocaleString('en')} acts/s of 10,000 counters, ${String(batch)} a batch, p${String(share * 100)}${failed === 0 ? '' : `, ${String(failed)} refused`}`,
          value: quantile(times, share),
          floor: { name: 'bare question', value: quantile(bare, share) },
          unit: 'ms',
          runs: due,
        })
      }
      // Past the knee every further step would only wait.
      if (quantile(times, 0.99) > 1_000) break
    }
    return figures
  } finally {
    platform.kill('SIGKILL')
    await postgres.stop()
  }
}

const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN

/**
 * So many questions evenly over a step, each at its time whatever became of those before; milliseconds from when it was
 * due.
 */
async function openLoop(count: number, one: (at: number, agent: Agent) => Promise<number>): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 })
  const gap = (stepSeconds * 1000) / count
  const begun = performance.now()
  const asked: Promise<number>[] = []
  while (asked.length < count) {
    const at = asked.length
    const wait = begun + at * gap - performance.now()
    if (wait > 1) await new Promise((later) => setTimeout(later, wait))
    // A timer may come a little before its time.
    const due = Math.min(begun + at * gap, performance.now())
    asked.push(one(at, agent).then((status) => (status === 200 ? performance.now() - due : Infinity)))
  }
  const times = await Promise.all(asked)
  agent.destroy()
  return times
}

/** One question; its status, 0 when there was no answer. */
const ask = (
  agent: Agent,
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<number> =>
  new Promise((resolve) => {
    const sent = request(url + path, { agent, method, headers }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode ?? 0)
      })
    })
    sent.on('error', () => {
      resolve(0)
    })
    sent.end(body)
  })

/**
 * The counters are written into the platform's tables: enrolling them one by one is not what is measured. All have one
 * key.
 */
async function enrolled(databaseUrl: string, url: string) {
  const database = await openDatabase({ url: databaseUrl, log: () => undefined })
  const { tokens } = await readAccessSecrets(database)
  const identity = anIdentity()
  const kid = await calculateJwkThumbprint(identity.publicKey)
  const names = Array.from({ length: counters }, (_, at) =>
    counterId.parse(`LOAD${String(Math.floor(at / 100))}-G${String(at % 100)}`),
  )
  const now = new Date()
  for (let from = 0; from < counters; from += 1_000) {
    const part = names.slice(from, from + 1_000)
    await insert(
      database,
      'device (counter_id, kid, public_key, state, asked_at, approved_at)',
      part.map((name) => [name, kid, JSON.stringify(identity.publicKey), 'approved', now, now]),
    )
    await insert(
      database,
      'counter_state (counter_id, last_seq, public_key, kid, enrolled_at)',
      part.map((name) => [name, 0, JSON.stringify(identity.publicKey), kid, now]),
    )
  }
  await database.close()
  // PostgreSQL plans by what it knows of its tables, and these were empty.
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query('ANALYZE')
  await client.end()
  const sent = new Map<CounterId, number>()
  let turn = 0

  const send = async (batch: number, nonce: string) => {
    const counter = names[(turn += 1) % counters] ?? identity.counterId
    const from = sent.get(counter) ?? 0
    sent.set(counter, from + batch)
    const body = `[${Array.from({ length: batch }, (_, at) => JSON.stringify(aCommand(from + at + 1, { counterid: counter }))).join(',')}]`
    const seconds = Math.floor(Date.now() / 1000)
    const token = await new SignJWT({ cnf: { jkt: kid } })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setIssuer(platformAudience)
      .setAudience(platformAudience)
      .setSubject(counter)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 300)
      .sign(tokens)
    const proof = await new SignJWT({
      htm: 'POST',
      htu: url + platformPaths.commands(counter),
      nonce,
      ath: createHash('sha256').update(token).digest('base64url'),
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: identity.publicKey })
      .setIssuedAt(seconds)
      .setJti(randomUUID())
      .sign(identity.privateKey)
    const headers = {
      'content-type': eventsBatchType,
      'content-length': String(Buffer.byteLength(body)),
      authorization: `DPoP ${token}`,
      dpop: proof,
    }
    return (agent: Agent) => ask(agent, url, 'POST', platformPaths.commands(counter), headers, body)
  }
  return {
    prepared: async (count: number, batch: number) => {
      const nonce =
        (await fetch(url + platformPaths.commands(names[0] ?? ''), { method: 'GET' })).headers.get('dpop-nonce') ?? ''
      return Promise.all(Array.from({ length: count }, () => send(batch, nonce)))
    },
  }
}
