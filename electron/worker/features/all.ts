import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { appState } from '../core/appState.ts'
import { signedIn } from '../core/session.ts'
import { viewDay } from './home/viewDay.ts'
import { accountHandlers } from './session/handlers.ts'
import type { Answering } from '../core/handlerContext.ts'
import { correctionHandlers } from './corrections/handlers.ts'
import { depositHandlers } from './intake/handlers.ts'
import { deskHandlers, readCard } from './intake/deskHandlers.ts'
import { deviceHandlers } from './devices/handlers.ts'
import { journalHandlers } from './journal/handlers.ts'
import { linkHandlers } from './sync/handlers.ts'
import { personalDataHandlers } from './personalData/handlers.ts'
import { printHandlers } from '../papers/printHandlers.ts'
import { createSignHandlers } from './intake/signHandlers.ts'

/** Every call of the contract, without its access: `guarded` adds it. One file for each part of the day. */
export function createHandlers(answering: Answering): Handlers<Calls> {
  const { parts, context, session, desk } = answering
  return {
    'app.state': () => ok(appState(answering)),
    'register.unlock': () => ok({}),
    // Only a register that could not be opened is rescued: before this one there was the gate.
    'register.rescue': () => err(faultOf('session.forbidden')),
    'home.day': () => ok(viewDay(context, signedIn(session))),
    ...accountHandlers(answering, () => {
      void readCard(answering, {}, AbortSignal.timeout(30_000))
    }),
    ...deskHandlers(answering),
    ...createSignHandlers({ parts, context, desk, who: () => signedIn(session) }),
    ...depositHandlers(answering),
    ...printHandlers(answering),
    ...deviceHandlers(answering),
    ...linkHandlers(answering),
    ...journalHandlers(answering),
    ...correctionHandlers(answering),
    ...personalDataHandlers(answering),
  }
}
