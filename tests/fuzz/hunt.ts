import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Order, Said } from './child.ts'

/** What came of a hunt; `why` when a property was broken, a case crashed the process, or one did not end. */
export interface Hunt {
  readonly cases: number
  /** Cases that were taken for lawful: near 0 or near all, the target is not attacked but rejected or trusted. */
  readonly taken: number
  /** How many times longer eight times the input took. */
  readonly grown?: number
  readonly failed?: { readonly at: number; readonly why: string }
}

/**
 * Without a word from the child for so long, in milliseconds, its case is said to hang: a thousand times what the
 * slowest step needs.
 */
const patience = 60_000
/** What a parser may take for eight times as much: linear is 8, a square 64. */
export const growthLimit = 24

interface Asked {
  readonly target: string
  readonly seed: number
  readonly cases: number
  readonly from?: number
  readonly seconds?: number
}

/** Attacks one target in a child process, watches it, and finds the case that ended it. */
export async function hunt({ target, seed, cases, from = 0, seconds = Infinity }: Asked): Promise<Hunt> {
  const order: Order = {
    target,
    seed,
    from,
    to: from + cases,
    step: Math.max(1, Math.min(1000, Math.ceil(cases / 10))),
  }
  const first = await run(order, seconds)
  if (first.ended || first.failed !== undefined) return first
  // The process died or hung inside a step: case by case now, to know which one.
  const again = await run(
    { ...order, from: first.at, to: Math.min(order.to, first.at + order.step), step: 1 },
    Infinity,
  )
  return {
    ...first,
    failed: again.failed ?? {
      at: again.at,
      why: again.ended ? `${first.how}, not seen again case by case` : again.how,
    },
  }
}

interface Run {
  readonly cases: number
  readonly taken: number
  readonly grown?: number
  readonly failed?: { at: number; why: string }
  readonly at: number
  readonly ended: boolean
  readonly how: string
}

function run(order: Order, seconds: number): Promise<Run> {
  const child = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const begun = performance.now()
  let [at, taken, heard, hung, enough] = [order.from, 0, performance.now(), false, false]
  let grown: number | undefined
  let failed: Run['failed']
  const watch = setInterval(() => {
    hung = performance.now() - heard > patience
    if (hung) child.kill('SIGKILL')
  }, 500)
  child.on('message', (message) => {
    const said = message as Said // from our own child
    heard = performance.now()
    if ('failed' in said) failed = { at: said.failed, why: said.why }
    else if ('grown' in said) grown = said.grown
    else [at, taken] = [said.done, taken + said.taken]
    enough ||= heard - begun > seconds * 1000
    if (enough) child.kill('SIGKILL')
  })
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearInterval(watch)
      const how = hung ? 'did not end' : `the process ended with ${String(code ?? signal)}`
      const tooSlow =
        grown !== undefined && grown > growthLimit
          ? { at, why: `eight times as much takes ${grown.toFixed(0)} times as long` }
          : undefined
      const wrong = failed ?? tooSlow
      resolve({
        cases: at - order.from,
        taken,
        at,
        how,
        ended: code === 0 || enough,
        ...(grown === undefined ? {} : { grown }),
        ...(wrong === undefined ? {} : { failed: wrong }),
      })
    })
  })
}
