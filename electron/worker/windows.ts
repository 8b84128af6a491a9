import type { WindowDoor } from '#shared/contract/doorNames.ts'
import { callsOf } from '#shared/contract/doors.ts'
import type { EventName, Events, Payload } from '#shared/contract/events.ts'
import { serveWith, type Shape, type Wire } from '#shared/contract/wire.ts'
import type { Session, Sessions } from './core/sessions.ts'
import type { Dispatch } from './dispatch.ts'

/** The windows that main opened, each with the session that outlives its reloads. */
export interface Windows {
  /** A window was opened or loaded again: it asks and hears by this wire, as far as its door allows. */
  join(window: number, door: WindowDoor, wire: Wire, dispatch: Dispatch): void
  /** It is gone for good; `leave` ends what somebody had begun at it. */
  close(window: number, leave: (session: Session) => void): void
}

type Emit = <E extends EventName>(event: E, payload: Payload<E>) => void

/** No window yet. */
export function createWindows({
  sessions,
  onCrash,
}: {
  readonly sessions: Sessions
  readonly onCrash: (call: string, cause: unknown) => void
}): Windows {
  const open = new Map<number, { readonly session: Session; emit: Emit }>()
  const opened = (window: number, door: WindowDoor) => {
    const known = open.get(window)
    if (known?.session.door === door) return known
    const session = sessions.open(door, (event, payload) => {
      joined.emit(event, payload)
    })
    const joined: { readonly session: Session; emit: Emit } = { session, emit: () => undefined }
    open.set(window, joined)
    return joined
  }
  return {
    join(window, door, wire, dispatch) {
      const joined = opened(window, door)
      const { session } = joined
      const served = serveWith<Shape, Events>(
        wire,
        callsOf(door),
        (name, input, signal) => dispatch(name, input, { session, signal }),
        onCrash,
      )
      joined.emit = served.emit
    },
    close(window, leave) {
      const joined = open.get(window)
      if (joined === undefined) return
      open.delete(window)
      leave(joined.session)
      sessions.close(joined.session)
    },
  }
}
