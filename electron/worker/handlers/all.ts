import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { appState } from '../appState.ts'
import { signedIn } from '../session.ts'
import { viewDay } from '../usecases/viewDay.ts'
import { accountHandlers } from './account.ts'
import type { Answering } from './answering.ts'
import { correctionHandlers } from './correction.ts'
import { depositHandlers } from './deposit.ts'
import { deskHandlers, readCard } from './desk.ts'
import { deviceHandlers } from './device.ts'
import { journalHandlers } from './journal.ts'
import { linkHandlers } from './link.ts'
import { personalDataHandlers } from './personalData.ts'
import { printHandlers } from './print.ts'
import { createSignHandlers } from './sign.ts'

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
