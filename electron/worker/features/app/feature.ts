import type { calls } from '#shared/contract/features/app/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { appState } from '../../core/appState.ts'
import type { Feature } from '../../core/feature.ts'

/** The program as a whole, once its register is open; before that `gate.ts` answers. */
export const app: Feature<typeof calls> = {
  calls: (answering) => ({
    'app.state': () => ok(appState(answering)),
    'register.unlock': () => ok({}),
    // A register at work is closed by closing the program.
    'register.startAgain': () => err(faultOf('session.forbidden')),
    // There is a register: it was begun.
    'register.begin': () => err(faultOf('session.forbidden')),
    // Only a register that could not be opened is rescued: before this one there was the gate.
    'register.rescue': () => err(faultOf('session.forbidden')),
  }),
}
