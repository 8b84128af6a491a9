import { hallCalls, hallEvents, type HallCalls, type HallEvents, type HallFacts } from '#shared/contract/hallCalls.ts'
import { connect, type Client, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import type { HallPort } from '#shared/ports/hall.ts'
import { err } from '#shared/result.ts'

/** The hall over a wire. */
export interface RemoteHall {
  readonly hall: HallPort
  /** A station's process runs and answers on this wire. */
  readonly attach: (wire: Wire) => void
  /** It died: what was asked is unanswered, the state is asked before anything is repeated. */
  readonly detach: () => void
}

/** The station of this counter, in another process that is restarted when it dies. */
export function openRemoteHall(): RemoteHall {
  let client: Client<HallCalls, HallEvents> | undefined
  let facts: HallFacts | undefined
  const listeners = new Set<() => void>()
  let give: (id: string) => string | undefined = () => undefined
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const detach = (): void => {
    const died = client
    client = undefined
    facts = undefined
    died?.fail(faultOf('hall.unanswered'))
    changed()
  }
  return {
    hall: {
      ask: (request) =>
        client === undefined ? Promise.resolve(err(faultOf('hall.notRunning'))) : client.call('hall.ask', request),
      file: (ticket) =>
        client === undefined ? Promise.resolve(err(faultOf('hall.notRunning'))) : client.call('hall.file', { ticket }),
      onWanted(next) {
        give = next
        return () => {
          give = () => undefined
        }
      },
      facts: () => facts,
      onChange(listener) {
        listeners.add(listener)
        return () => {
          listeners.delete(listener)
        }
      },
    },
    attach(wire) {
      if (client !== undefined) detach()
      const joined = connect(wire, hallCalls, hallEvents)
      client = joined
      joined.on('changed', (told) => {
        if (client !== joined) return
        facts = told
        changed()
      })
      joined.on('wanted', ({ wanted, id }) => {
        const file = give(id)
        // A call on the wire never rejects; who asked hears that there is nothing when this is lost.
        joined.call('hall.give', { wanted, ...(file === undefined ? {} : { file }) }).catch(() => undefined)
      })
    },
    detach,
  }
}
