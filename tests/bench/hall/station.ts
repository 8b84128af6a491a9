import { setTimeout as pause } from 'node:timers/promises'
import { v4 } from 'uuid'
import { runStation } from '#electron/hall/station.ts'
import { valueOf } from '#tests/builders/register.ts'
import { answer, shared } from './fleet.ts'

/** A station of an office that is measured, in a process of its own. */
const station = valueOf(await runStation(process.argv[2] ?? ''))

export type StationQuestion =
  /** Resolves when the station hears so many others. */
  | { readonly do: 'hear'; readonly others: number }
  /** Milliseconds until this station serves and the day is open. */
  | { readonly do: 'serve' }
  | { readonly do: 'issue'; readonly count: number }
  /** Milliseconds from the stroke to the answer. */
  | { readonly do: 'call'; readonly counter: number }
  /** Whom it called waits again. */
  | { readonly do: 'return' }
  /** The instant, after another one, at which this station knew of a call. */
  | { readonly do: 'shown'; readonly after: number }

let called = ''
const known = { commit: 0, at: 0 }

async function run(question: StationQuestion): Promise<number> {
  const begun = shared()
  switch (question.do) {
    case 'hear':
      while (station.state.heard.size < question.others) await pause(20)
      return 0
    case 'serve':
      valueOf(await station.takeOver({ open: true }))
      return shared() - begun
    case 'issue':
      for (let n = 0; n < question.count; n += 40)
        await Promise.all(
          Array.from({ length: Math.min(40, question.count - n) }, () =>
            station.ask(v4(), { type: 'issue', service: 'A' }).then(valueOf),
          ),
        )
      return 0
    case 'call':
      called = valueOf(await station.ask(v4(), { type: 'call', counter: question.counter })).ticket ?? ''
      return shared() - begun
    case 'return':
      valueOf(await station.ask(v4(), { type: 'return', ticket: called }))
      return 0
    case 'shown':
      while (known.at < question.after) await pause(1)
      return known.at
  }
}

/** Notes when a call is known here, as a wall would. */
function look(): void {
  const { log, commit } = station.state
  if (commit === known.commit) return
  if (log.after(known.commit, commit - known.commit).some(({ body }) => body.event.type === 'called'))
    known.at = shared()
  known.commit = commit
}
if (process.argv[3] === 'display') setInterval(look, 1)

answer(run, () => station.close())
