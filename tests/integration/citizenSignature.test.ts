import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { v7 } from 'uuid'
import { openRemoteDevices } from '#electron/worker/devices/remoteDevices.ts'
import { serveDevices } from '#electron/devices/serveDevices.ts'
import { openSimulatedCards } from '#drivers/fake/simulatedCards.ts'
import type { Out } from '#shared/contract/calls.ts'
import type { Wire } from '#shared/contract/wire.ts'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { SimulatedCards } from '#shared/ports/cardSource.ts'
import { err } from '#shared/result.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import {
  devicesWith,
  paperTrail,
  resources,
  signedIn,
  startWorker,
  type TestWorker,
  sheetsOf,
} from '#tests/builders/worker.ts'

/**
 * A PIN that is found again wherever it is left: as text, in the form that goes to the card, in hexadecimal, in base64.
 */
const marked = '918273645546'
const forms = [
  marked,
  Buffer.from(marked).toString('hex'),
  Buffer.from(marked).toString('base64'),
  Buffer.from(`2c${marked}ff`, 'hex').toString('latin1'),
  [...Buffer.from(marked)].join(','),
]

let folder: ReturnType<typeof temporaryFolder>
let simulated: SimulatedCards
let worker: TestWorker
let said: string[]
/** What crossed the wire between worker and devices, as text. */
let crossed: { readonly text: string; readonly bytes: readonly Uint8Array[] }[]

const bytesIn = (value: unknown): Uint8Array[] =>
  value instanceof Uint8Array
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(bytesIn)
      : []

/** Two ends of a wire that copies what it carries, as between processes. */
function channel(): [Wire, Wire] {
  const ends = [0, 1].map(() => ({ hear: (_message: unknown): void => undefined }))
  const wireTo = (mine: number, peer: number): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message)
      crossed.push({ text: JSON.stringify(copy), bytes: bytesIn(copy) })
      queueMicrotask(() => {
        ends[peer]?.hear(copy)
      })
    },
    onMessage: (listener) => {
      const end = ends[mine]
      if (end !== undefined) end.hear = listener
    },
  })
  return [wireTo(0, 1), wireTo(1, 0)]
}

beforeEach(async () => {
  said = []
  crossed = []
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...words) => {
      said.push(JSON.stringify(words))
    })
  folder = temporaryFolder()
  simulated = openSimulatedCards({ specimenFolder: join(resources, 'specimen'), clock: systemClock })
  const local = devicesWith(paperTrail(join(folder.path, 'paper.txt')))
  const remote = openRemoteDevices({ training: true })
  const [toDevices, toWorker] = channel()
  serveDevices(
    toWorker,
    {
      ...local,
      plugins: [],
      cards: simulated,
      scans: [],
      close: () => Promise.resolve(),
      training: {
        insertCard: (card) => simulated.insert(card),
        removeCard: () => {
          simulated.remove()
          return Promise.resolve({ ok: true, value: undefined })
        },
      },
    },
    (_, cause) => {
      said.push(String(cause))
    },
  )
  remote.attach(toDevices)
  worker = await signedIn(startWorker(folder.path, { ...local, ...remote.devices }, { training: true }))
})
afterEach(async () => {
  await worker.close()
  await simulated.close()
  vi.restoreAllMocks()
  folder.remove()
})

/** Puts a simulated card in and waits until its holder is at the desk, proved. */
async function atTheDesk(card: 'citizen' | 'child'): Promise<NonNullable<Out<'card.state'>['citizen']>> {
  valueOf(await worker.ask('training.insertCard', { card }))
  for (;;) {
    const { card: state, citizen } = valueOf(await worker.ask('card.state', {}))
    if (state.state === 'done' && citizen?.checks.chain === 'trusted') return citizen
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}
const draftOf = async (): Promise<RequestDraft> => {
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  return {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    capacity: 'self',
    language: 'ar',
    pieces: sheet.pieces.map(({ code }) => ({ code, state: 'received', attachments: [] })),
  }
}
const pin = (digits: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(digits)

/** Every file of the counter, and every row of its register. */
function leftBehind(): string {
  const filesIn = (at: string): string[] =>
    readdirSync(at).flatMap((name) =>
      statSync(join(at, name)).isDirectory() ? filesIn(join(at, name)) : [join(at, name)],
    )
  const files = filesIn(folder.path).map((file) => readFileSync(file).toString('latin1'))
  const store = openTestStore(folder.path)
  const tables = store.db.all<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  )
  const rows = tables.flatMap(({ name }) => store.db.all<Record<string, unknown>>(`SELECT * FROM "${name}"`))
  const text = rows
    .map((row) =>
      Object.values(row)
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
        .join('\n'),
    )
    .join('\n')
  store.close()
  return [...files, text].join('\n')
}

describe('a citizen at the counter', () => {
  it('signs the deposit: the signature is in the act, and a changed request asks for another one', async () => {
    const citizen = await atTheDesk('citizen')
    const draft = await draftOf()
    expect(await worker.ask('card.signState', {})).toMatchObject({
      ok: true,
      value: { pinpad: false, tries: 3, simulated: true },
    })
    const signed = valueOf(await worker.ask('card.sign', { identityId: citizen.identityId, draft, pin: pin('1234') }))
    expect(signed).toMatchObject({ chain: 'trusted', signer: expect.stringContaining('Spécimen') })
    const changed = { ...draft, capacity: 'representative' as const, represented: 'Somebody' }
    expect(
      await worker.ask('receipt.issue', {
        commandId: v7(),
        identityId: citizen.identityId,
        draft: changed,
        signed: signed.statement,
      }),
    ).toEqual(err(faultOf('signature.outdated')))
    const deposit = valueOf(
      await worker.ask('receipt.issue', {
        commandId: v7(),
        identityId: citizen.identityId,
        draft,
        signed: signed.statement,
      }),
    )
    expect(deposit.signed).toBe('trusted')
    expect(valueOf(await worker.ask('home.day', {})).deposits).toMatchObject([
      { number: deposit.number, signed: 'trusted' },
    ])
  })

  it('who is a child has no key, and deposits without', async () => {
    const citizen = await atTheDesk('child')
    const draft = await draftOf()
    expect(await worker.ask('card.sign', { identityId: citizen.identityId, draft, pin: pin('1234') })).toMatchObject({
      ok: false,
      fault: { code: 'card.cannotSign' },
    })
    expect(
      valueOf(await worker.ask('receipt.issue', { commandId: v7(), identityId: citizen.identityId, draft })).signed,
    ).toBeUndefined()
  })

  it('types a PIN that is nowhere afterwards', async () => {
    const citizen = await atTheDesk('citizen')
    const draft = await draftOf()
    const typed = pin(marked)
    expect(await worker.ask('card.sign', { identityId: citizen.identityId, draft, pin: typed })).toEqual(
      err(faultOf('card.pinWrong', undefined, { tries: 2 })),
    )
    expect([...typed]).toEqual([...marked].map(() => 0))
    expect(
      await worker.ask('card.sign', { identityId: 'f0f0f0f0-f0f0-4f0f-8f0f-f0f0f0f0f0f0', draft, pin: pin(marked) }),
    ).toEqual(err(faultOf('identity.gone')))
    await worker.close()
    // It crosses to the devices once, in the message that carries it, whose bytes are overwritten there.
    const carriers = crossed.filter(({ text }) => text.includes('"card.sign"') && text.includes('"pin"'))
    expect(carriers).toHaveLength(1)
    expect(carriers.flatMap(({ bytes }) => bytes).some((bytes) => Buffer.from(bytes).includes(marked))).toBe(false)
    const elsewhere = crossed
      .filter((one) => !carriers.includes(one))
      .flatMap(({ text, bytes }) => [text, ...bytes.map((one) => Buffer.from(one).toString('latin1'))])
    const everywhere = [leftBehind(), ...elsewhere, ...said, JSON.stringify(worker.events)].join('\n')
    for (const form of forms) expect(everywhere.includes(form), form).toBe(false)
  })
})
