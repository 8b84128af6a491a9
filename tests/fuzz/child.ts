import { createDraw } from './draw.ts'
import { targets } from './targets.ts'

/** What the parent asks of its child. */
export interface Order {
  readonly target: string
  readonly seed: number
  readonly from: number
  readonly to: number
  /** Cases between two reports; after a crash the parent asks again with 1. */
  readonly step: number
}
/** What the child says: how far it is, or which case broke a property. */
export type Said =
  | { readonly done: number; readonly taken: number }
  | { readonly failed: number; readonly why: string }
  | { readonly grown: number }

const say = (said: Said): Promise<void> =>
  new Promise((sent) => {
    process.send?.(said, () => {
      sent()
    })
  })

/** Cases of one target in a process of their own: what hangs or crashes takes nobody with it. */
async function work({ target, seed, from, to, step }: Order): Promise<void> {
  const load = targets[target]
  if (load === undefined) throw new Error(`no target ${target}`)
  const opened = await load()
  const attack = await opened.open()
  const members = Object.getOwnPropertyNames(Object.prototype).length
  for (let at = from; at < to;) {
    let taken = 0
    await say({ done: at, taken: 0 })
    for (const end = Math.min(to, at + step); at < end; at += 1) {
      try {
        if (await attack.one(createDraw(seed, at))) taken += 1
        if (Object.getOwnPropertyNames(Object.prototype).length !== members)
          throw new Error('every object has a new member')
      } catch (cause) {
        await say({ failed: at, why: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
        return
      }
    }
    await say({ done: at, taken })
  }
  await attack.close?.()
  if (opened.grow !== undefined && step > 1) await say({ grown: growth(opened.grow) })
}

/** How many times longer eight times as much takes: 8 is linear, 64 quadratic. The best of some runs each, in turns. */
function growth(grow: (size: number) => () => unknown): number {
  const [small, large] = [grow(8_000), grow(64_000)]
  const best = [Infinity, Infinity]
  for (let round = 0; round < 12; round += 1) {
    for (const [at, run] of [small, large].entries()) {
      const begun = performance.now()
      run()
      best[at] = Math.min(best[at] ?? Infinity, performance.now() - begun)
    }
  }
  return (best[1] ?? 0) / Math.max(1e-3, best[0] ?? 0)
}

// Started by `hunt.ts` alone, which writes the order.
await work(JSON.parse(process.argv[2] ?? '') as Order)
process.exit(0)
