import { calls, type Calls } from '#shared/contract/calls.ts'
import { events, type Events } from '#shared/contract/events.ts'
import { connect, serve, type Handlers, type Wire } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import type { Bridge } from '../index.ts'
import { demoHandlers } from './handlers.ts'
import type { DemoState, Emit } from './shape.ts'
import { demoState, scenarios, type Scenario } from './state.ts'

const wireOf = (port: MessagePort): Wire => ({
  post: (message) => {
    port.postMessage(message)
  },
  onMessage: (listener) => {
    port.addEventListener('message', (event) => {
      listener(event.data)
    })
    port.start()
  },
})

/** The scenario named in the address (`?demo=offline`), `typical` when it names none that exists. */
export const scenarioOf = (address: URLSearchParams): Scenario =>
  scenarios.find((one) => one === address.get('demo')) ?? 'typical'

/** What a feature answers in the demonstration, in its `demo.ts`, where the answers of all features do not already. */
export type Demo = (state: DemoState, emit: Emit) => Partial<Handlers<Calls>>

const ofFeatures = import.meta.glob<Demo>('../../../features/*/demo.ts', { eager: true, import: 'demo' })

/** An answer for every call of the contract; `call.unknown` where nobody gave one. */
export function demoAnswers(state: DemoState, emit: Emit): Handlers<Calls> {
  const given = new Map<string, unknown>(
    [demoHandlers(state, emit), ...Object.values(ofFeatures).map((demo) => demo(state, emit))].flatMap(Object.entries),
  )
  const unknown = () => err(faultOf('call.unknown'))
  // Each name has the answer that was typed for it.
  return Object.fromEntries(Object.keys(calls).map((name) => [name, given.get(name) ?? unknown])) as Handlers<Calls>
}

/**
 * A synthetic register behind the real wire: every answer passes the parsers of the contract, so a demonstration cannot
 * show what the contract forbids.
 */
export function demoBridge(scenario: Scenario): Bridge {
  const { port1, port2 } = new MessageChannel()
  const state = demoState(scenario, new Date())
  const server = serve<Calls, Events>(
    wireOf(port2),
    calls,
    demoAnswers(state, (event, payload) => {
      server.emit(event, payload)
    }),
    (call, cause) => {
      throw new Error(call, { cause })
    },
  )
  // The card leaves as soon as the agent is seen.
  if (scenario === 'locked')
    setTimeout(() => {
      state.session = undefined
      server.emit('session', { locked: 'card' })
    }, 200)
  return { ...connect<Calls, Events>(wireOf(port1), calls, events), onRestart: () => {} }
}
