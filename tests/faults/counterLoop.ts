import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import '#electron/press/openPress.ts'
import { ok } from '#shared/result.ts'
import { valueOf } from '#tests/builders/register.ts'
import { devicesWith, resources, startWorker } from '#tests/builders/worker.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import { drivers, signIn, type Hand } from './acts.ts'
import { keptPaper } from './paper.ts'

/** What a life begins with, in one line on the standard input; the process is started before and waits for it. */
export interface Birth {
  readonly folder: string
  readonly resourcesDir?: string
  readonly platformUrl?: string
  readonly seed: number
  readonly life: number
  /** Kinds of acts to choose from. */
  readonly kinds: readonly string[]
  /** A register that was put back: closes its series first. */
  readonly restored: boolean
  /** Without a printer papers wait, and come out in a later life. */
  readonly printer: boolean
}

// Works at random until it is killed. On its output, in order: `try <kind> <id>`, `heard <kind> <id> <evidence>`, or
// `refused <kind> <id> <code>`.
const [line] = (await once(createInterface({ input: process.stdin }), 'line')) as [string]
const {
  folder,
  resourcesDir = resources,
  platformUrl,
  seed,
  life,
  kinds,
  restored,
  printer,
} = JSON.parse(line) as Birth // from our own parent
const say = (...words: readonly string[]): void => {
  process.stdout.write(`${words.join(' ')}\n`)
}
const trail = join(folder, 'paper.txt')
const paper = keptPaper(trail)
const worker = startWorker(folder, devicesWith(printer ? paper : { ...paper, list: () => Promise.resolve(ok([])) }), {
  resourcesDir,
  ...(platformUrl === undefined ? {} : { platformUrl }),
})
const draw = createDraw(seed, life)
const act: Hand['act'] = async (kind, id, ask, evidence) => {
  say('try', kind, id)
  const answer = await ask()
  if (answer.ok) say('heard', kind, id, evidence(answer.value))
  else say('refused', kind, id, answer.fault.code)
  return answer
}
await signIn({ worker, act })
const hand: Hand = { worker, draw, trail, act, sheets: valueOf(await worker.ask('catalogue.list', {})).procedures }
if (restored) {
  const state = valueOf(await worker.ask('app.state', {}))
  say('quarantine', state.quarantine?.code ?? 'none')
  // An act of a register that lost some is refused; then a supervisor closes its series, as often as the line needs.
  if (state.quarantine !== undefined) await drivers['request.deposited']?.drive(hand)
  while (valueOf(await worker.ask('app.state', {})).quarantine !== undefined)
    await drivers['series.closed']?.drive(hand)
}
const weighted = kinds.flatMap((kind) =>
  Array.from({ length: Math.round((drivers[kind]?.weight ?? 0) * 2) }, () => kind),
)
for (;;) {
  const kind = draw.pick(weighted)
  await drivers[kind]?.drive(hand)
}
