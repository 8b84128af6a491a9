import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { jobOf, memoryStore, plainPaper, printerOf } from '#tests/builders/spool.ts'
import { aReceipt } from '#tests/builders/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import type { PaperOutcome, Printer } from '#shared/ports/printer.ts'
import { err, ok } from '#shared/result.ts'
import type { SpoolStore } from './ports.ts'
import { openSpool } from './spool.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** What can happen at a counter between two looks at the clock. */
const event = fc.oneof(
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 4000 })),
  }),
  fc.record({ kind: fc.constantFrom('crash' as const, 'wake' as const, 'queue' as const) }),
  fc.record({ kind: fc.constant('service' as const), up: fc.boolean() }),
  fc.record({ kind: fc.constant('disk' as const), full: fc.boolean() }),
  fc.record({
    kind: fc.constant('submission' as const),
    ends: fc.constantFrom('accepted' as const, 'refused' as const, 'lost' as const),
  }),
  fc.record({
    kind: fc.constant('printer' as const),
    says: fc.constantFrom('printing' as const, 'blocked' as const, 'printed' as const, 'failed' as const),
  }),
)

const outcomes: Readonly<Record<'printing' | 'blocked' | 'printed' | 'failed', PaperOutcome>> = {
  printing: { state: 'printing' },
  blocked: { state: 'blocked', reasons: ['media-empty'], message: '' },
  printed: { state: 'printed' },
  failed: { state: 'failed', reasons: ['aborted-by-system'], message: '' },
}

function counter() {
  const register = memoryStore([], aReceipt())
  const world = { up: true, ends: 'accepted' as 'accepted' | 'refused' | 'lost', says: outcomes.printed }
  /** Titles that reached the printer, whether or not the answer came back. */
  const arrived: string[] = []
  const later = <T>(value: T): Promise<T> =>
    new Promise((resolve) =>
      setTimeout(() => {
        resolve(value)
      }, 50),
    )
  const printer: Printer = {
    list: () => later(world.up ? ok([printerOf('Bureau')]) : err(faultOf('printer.noService'))),
    submit: ({ title }) => {
      if (!world.up) return later(err(faultOf('printer.noService')))
      if (world.ends === 'refused') return later(err(faultOf('printer.refused')))
      arrived.push(title)
      return later(
        world.ends === 'lost' ? err(faultOf('printer.noAnswer')) : ok({ spoolerJob: String(arrived.length) }),
      )
    },
    outcome: () => later(world.up ? ok(world.says) : err(faultOf('printer.noService'))),
  }
  const paper = plainPaper().maker
  /** A program over the same register and the same printer; after its death it reads nothing and writes nothing. */
  const start = () => {
    let alive = true
    const dead = err(faultOf('internal'))
    const store: SpoolStore = {
      unfinished: () => (alive ? register.store.unfinished() : ok([])),
      source: (id) => (alive ? register.store.source(id) : dead),
      keepPdf: (id, pdf) => (alive ? register.store.keepPdf(id, pdf) : dead),
      record: (id, change) => (alive ? register.store.record(id, change) : dead),
      chosenPrinters: () => (alive ? register.store.chosenPrinters() : dead),
    }
    const never = new Promise<never>(() => undefined)
    const guarded: Printer = {
      list: () => (alive ? printer.list() : never),
      submit: (job) => (alive ? printer.submit(job) : never),
      outcome: (job) => (alive ? printer.outcome(job) : never),
    }
    const spool = openSpool({
      store,
      paper,
      printer: guarded,
      clock: { now: () => new Date(), monotonic: () => Date.now() },
      onChange: () => undefined,
    })
    return {
      wake: spool.wake,
      die: () => {
        alive = false
      },
    }
  }
  return { register, world, arrived, start }
}

it(
  'whatever happens, no document reaches a printer twice, and every job ends as what it came to',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const { register, world, arrived, start } = counter()
        let program = start()
        let queued = 0
        const queue = (): void => {
          register.add(jobOf((queued += 1)))
          program.wake()
        }
        queue()
        for (const one of events) {
          switch (one.kind) {
            case 'wait':
              await vi.advanceTimersByTimeAsync(one.ms)
              break
            case 'crash':
              program.die()
              program = start()
              break
            case 'wake':
              program.wake()
              break
            case 'queue':
              queue()
              break
            case 'service':
              world.up = one.up
              break
            case 'disk':
              register.state.full = one.full
              break
            case 'submission':
              world.ends = one.ends
              break
            case 'printer':
              world.says = outcomes[one.says]
          }
          await vi.advanceTimersByTimeAsync(20)
        }
        Object.assign(world, { up: true, ends: 'accepted', says: outcomes.printed })
        register.state.full = false
        await vi.advanceTimersByTimeAsync(600_000)
        // The dead would go on trying to write what they owe, run after run.
        vi.clearAllTimers()

        expect(new Set(arrived).size).toBe(arrived.length)
        for (let n = 1; n <= queued; n += 1) {
          const job = register.job(n)
          const reached = arrived.includes(job?.title ?? '')
          expect(['printed', 'failed', 'unknown']).toContain(job?.state)
          if (job?.state === 'printed' || job?.state === 'failed') expect(reached).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  },
)
