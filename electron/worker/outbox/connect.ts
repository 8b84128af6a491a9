import type { CommandRecord } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { CounterIdentity } from './auth.ts'
import type { CounterStanding, Platform } from './platform.ts'
import type { CommandAnswer, OutboxStore, QueuedCommand, Transport } from './ports.ts'
import { refusalOf } from './sendBatch.ts'

interface Parts {
  readonly store: OutboxStore
  readonly platform: Platform
  readonly transport: Transport
  readonly identity: CounterIdentity
  readonly clock: Clock
}

/**
 * Finds out where both sides stand before anything is sent: whether the platform trusts this device, its time, and the
 * acts that it
 * already holds although we never heard so (the program was killed while it answered).
 * Faults: those of the link; device.* (nothing is sent); platform.gap when the platform knows acts that this register
 * has not: they are in
 * their places afterwards, as far as the platform tells, and the register is in quarantine.
 */
export async function connect(parts: Parts): Promise<Result<void>> {
  const { store, platform, transport, clock } = parts
  const { code, askedAt, enrolledAt } = store.link()
  if (code === undefined && askedAt === undefined && enrolledAt === undefined) return err(faultOf('device.notEnrolled'))
  const time = await platform.time()
  if (!time.ok) return time
  const skewMs = time.value - clock.now().getTime()
  transport.setSkew(skewMs)
  store.saveLink({ ...store.link(), skewMs })
  const state = await trusted(parts)
  if (!state.ok) return state
  store.device('approved', clock.now())
  const { lastSeq, series } = state.value
  const held = store.highestSeq()
  if (lastSeq > held) return recover(parts, { held, lastSeq, series })
  return settle(store, platform, clock, lastSeq)
}

/**
 * Fetches what the platform recorded of acts that are not here before anything is said of them: a part would leave a
 * hole.
 */
async function recover(
  { store, platform, clock }: Parts,
  { held, lastSeq, series }: { held: number; lastSeq: number; series: number },
): Promise<Result<never>> {
  const lost: CommandRecord[] = []
  while (held + lost.length < lastSeq) {
    const page = await platform.look(held + lost.length + 1)
    if (!page.ok) return page
    const next = page.value.filter((record, at) => record.seq === held + lost.length + at + 1)
    if (next.length === 0) return err(faultOf('platform.garbage', 'look-up'))
    lost.push(...next)
  }
  store.keepLost(lost, clock.now(), series)
  return err(faultOf('platform.gap', 'register behind', { expectedSeq: lastSeq + 1, heldSeq: held }))
}

/** A platform that does not know this device (any more) is told who it is, by the code that was typed. */
async function trusted(parts: Parts): Promise<Result<CounterStanding>> {
  const {
    store,
    platform,
    identity: { counterId, publicKey },
    clock,
  } = parts
  const { code, askedAt, enrolledAt } = store.link()
  if (askedAt !== undefined || enrolledAt !== undefined) {
    const state = await platform.counter()
    if (state.ok || state.fault.code !== 'device.notEnrolled' || code === undefined) return state
  }
  const asked = await platform.enrol({ counterId, code: code ?? '', publicKey })
  if (!asked.ok) {
    if (asked.fault.code === 'device.codeRefused') store.device('refused', clock.now())
    return asked
  }
  store.device('asked', clock.now())
  return platform.counter()
}

/** Asks for the recorded answer of each waiting act up to the platform's last one, instead of sending it blindly. */
async function settle(store: OutboxStore, platform: Platform, clock: Clock, lastSeq: number): Promise<Result<void>> {
  for (;;) {
    const items = store.batch({ commands: 500, bytes: 1_000_000 }).filter((item) => item.seq <= lastSeq)
    const first = items[0]
    if (first === undefined) return ok(undefined)
    const page = await platform.look(first.seq)
    if (!page.ok) return page
    const recorded = new Map(page.value.map((record) => [record.seq, record]))
    const answers = items.flatMap((item) => {
      const record = recorded.get(item.seq)
      return record === undefined ? [] : [answerOf(item, record)]
    })
    if (answers.length === 0) return err(faultOf('platform.garbage', 'look-up'))
    store.record(answers, clock.now())
  }
}

function answerOf(item: QueuedCommand, record: CommandRecord): CommandAnswer {
  const same = record.id === item.id && record.sha256 === item.sha256
  const state = !same ? 'conflict' : record.status === 'duplicate' ? 'applied' : record.status
  return {
    seq: item.seq,
    id: item.id,
    state,
    receivedAt: record.receivedAt,
    ...(same ? refusalOf(record) : { refusal: { code: 'conflict' as const } }),
    ...(record.reason === undefined ? {} : { answer: record.reason }),
    ...(record.platformNumber === undefined || !same ? {} : { platformNumber: record.platformNumber }),
  }
}
