import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as later } from 'node:timers/promises'
import { v7 } from 'uuid'
import '#electron/press/openPress.ts'
import { ok } from '#shared/result.ts'
import type { MaintenanceTiming } from '#electron/worker/upkeep/maintenance.ts'
import { hallHere } from '#tests/builders/hallHost.ts'
import { valueOf } from '#tests/builders/register.ts'
import { devicesWith, resources, sheetsOf, startWorker } from '#tests/builders/worker.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import { drivers, signIn } from './acts.ts'
import type { Hand, Shared, Window } from './hand.ts'
import { keptPaper } from './paper.ts'
import { strikeAt, type Place } from './strike.ts'

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
  /** Whether the station of the hall runs beside the counter, and dies with it. */
  readonly hall: boolean
  /** How many windows work side by side, each with a session of its own. */
  readonly windows: number
  /** When the register is copied and its files looked over; absent: not in so short a life. */
  readonly maintenance?: MaintenanceTiming
  /** Where the process kills itself, the n-th time that it comes there; absent: only its parent kills it. */
  readonly strike?: { readonly place: Place; readonly nth: number }
}

// Works at random until it is killed. On its output, in order: `try <window> <kind> <id>`, `heard <window> <kind> <id>
// <evidence>`, or `refused <window> <kind> <id> <code>`.
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
  hall,
  windows,
  maintenance,
  strike,
} = JSON.parse(line) as Birth // from our own parent
const say = (...words: readonly string[]): void => {
  process.stdout.write(`${words.join(' ')}\n`)
}
if (strike !== undefined)
  strikeAt(strike.place, strike.nth, () => {
    say('struck', strike.place)
  })
const trail = join(folder, 'paper.txt')
const paper = keptPaper(trail)
const station = hall ? hallHere(folder).hall : undefined
const worker = startWorker(folder, devicesWith(printer ? paper : { ...paper, list: () => Promise.resolve(ok([])) }), {
  resourcesDir,
  ...(platformUrl === undefined ? {} : { platformUrl }),
  ...(maintenance === undefined ? {} : { maintenance }),
  ...(station === undefined ? {} : { hall: station }),
})
const all: readonly Window[] = Array.from({ length: windows }, (_, at) => (at === 0 ? worker : worker.at('clerk')))
const shared: Shared = { kiosk: worker.at('kiosk'), drafts: [], savedBy: new Map(), files: seed }

/** Somebody at one of the windows: what has an id is asked at another one too, one time in three. */
const handAt = (window: Window, at: number): Omit<Hand, 'sheets'> => {
  const draw = createDraw(seed, life * 16 + at)
  const name = String(at + 1)
  const act: Hand['act'] = async (kind, id, ask, evidence) => {
    const asked = async (label: string, from: Window) => {
      say('try', label, kind, id)
      const answer = await ask(from)
      if (answer.ok) say('heard', label, kind, id, evidence(answer.value))
      else say('refused', label, kind, id, answer.fault.code)
      return answer
    }
    const other = all[(at + 1) % all.length]
    if (id === '-' || other === window || other === undefined || !draw.chance(0.3)) return asked(name, window)
    const both = [() => asked(name, window), () => asked(`${name}+`, other)]
    const answers = await Promise.all((draw.chance(0.5) ? both : both.reverse()).map((one) => one()))
    const [answer] = [...answers.filter((one) => one.ok), ...answers]
    if (answer === undefined) throw new Error('no answer')
    return answer
  }
  return {
    worker: window,
    draw,
    trail,
    shared,
    writer: v7(),
    act,
    refused: (kind, code) => {
      say('refused', name, kind, '-', code)
    },
  }
}

const hands = all.map(handAt)
const [first] = hands
if (first === undefined) throw new Error('no window')
await signIn(first)
const sheets = await sheetsOf(worker)
if (restored) {
  const state = valueOf(await worker.ask('app.state', {}))
  say('quarantine', state.quarantine?.code ?? 'none')
  // An act of a register that lost some is refused; then a supervisor closes its series, as often as the line needs.
  if (state.quarantine !== undefined) await drivers['request.deposited']?.drive({ ...first, sheets })
  while (valueOf(await worker.ask('app.state', {})).quarantine !== undefined) {
    await drivers['series.closed']?.drive({ ...first, sheets })
    await later(20)
  }
}
// A life is short: half of them wait for the station, and the others may be killed while it opens its day.
for (let left = 100; station !== undefined && life % 2 === 0 && left > 0; left -= 1)
  if (station.facts()?.hall.open === true) break
  else await later(20)
const weighted = kinds.flatMap((kind) =>
  Array.from({ length: Math.round((drivers[kind]?.weight ?? 0) * 2) }, () => kind),
)
await Promise.all(
  hands.map(async (hand, at) => {
    if (at > 0) await signIn(hand)
    for (;;) {
      await drivers[hand.draw.pick(weighted)]?.drive({ ...hand, sheets })
      // The other windows, the printer and the platform are heard between two acts.
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }),
)
