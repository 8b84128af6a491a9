import type { Calls } from '#shared/contract/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoId } from './ids.ts'
import { demoPlatform, refusedOffice } from './platform.ts'
import type { DemoState, Emit } from './shape.ts'

type EntryCall =
  | 'register.unlock'
  | 'register.rescue'
  | 'register.begin'
  | 'register.startAgain'
  | 'session.signIn'
  | 'session.lock'
  | 'clock.reset'
  | 'series.renew'
  | 'session.card'
  | 'session.current'
  | 'session.signOut'
  | 'session.language'

/** What is asked before and around a session of the synthetic register. */
export const demoEntry = (state: DemoState, emit: Emit): Pick<Handlers<Calls>, EntryCall> => ({
  'register.unlock': ({ passphrase }) => {
    if (passphrase.includes('wrong')) return err(faultOf('register.badPassphrase'))
    state.app = { ...state.app, phase: 'ready' }
    emit('app', state.app)
    return ok({})
  },
  'register.begin': (handed) => {
    const refused = refusedOffice(handed)
    if (refused !== undefined) return err(refused)
    state.app = { ...state.app, phase: 'ready', counter: demoId.counter, office: demoPlatform.office }
    emit('app', state.app)
    return ok({})
  },
  'register.startAgain': () => {
    state.app = { ...state.app, phase: 'starting' }
    emit('app', state.app)
    return ok({})
  },
  'register.rescue': ({ password }) => {
    if (password !== 'demo') return err(faultOf('session.badCredentials', undefined, { left: 4 }))
    state.app = { ...state.app, phase: 'ready' }
    emit('app', state.app)
    return ok({ restoredFrom: new Date().toISOString() })
  },
  'session.signIn': ({ login, password, pin }) => {
    const card = state.agentCard
    if (
      card.state === 'known' &&
      card.strength === 'pin' &&
      (pin === undefined || new TextDecoder().decode(pin) !== '1234')
    ) {
      if (pin === undefined) return err(faultOf('session.pinNeeded'))
      state.pinTries = Math.max(0, state.pinTries - 1)
      state.agentCard = { ...card, pin: { pinpad: state.pinpad, tries: state.pinTries } }
      emit('agentCard', state.agentCard)
      return err(
        state.pinTries === 0
          ? faultOf('session.pinBlocked')
          : faultOf('session.pinWrong', undefined, { tries: state.pinTries }),
      )
    }
    const known = state.app.demoLogins.find((one) => one.login === login && one.password === password)
    if (known === undefined) return err(faultOf('session.badCredentials'))
    state.session = {
      login,
      name: 'Salma Benjelloun',
      roles: [known.role],
      language: 'fr',
      since: new Date().toISOString(),
    }
    emit('session', { session: state.session })
    return ok(state.session)
  },
  'session.lock': ({ asked }) => {
    state.session = undefined
    emit('session', { locked: asked === true ? 'asked' : 'idle' })
    return ok({})
  },
  'clock.reset': () => ok({}),
  'series.renew': () => ok({ series: 2 }),
  'session.card': () => ok(state.agentCard),
  'session.current': () => ok(state.session === undefined ? {} : { session: state.session }),
  'session.signOut': () => {
    state.session = undefined
    emit('session', {})
    return ok({})
  },
  'session.language': ({ language }) => {
    if (state.session !== undefined) state.session = { ...state.session, language }
    return ok({})
  },
})
