import { calls, type Calls } from '#shared/contract/calls.ts'
import { events, type Events } from '#shared/contract/events.ts'
import { connect, serve, type Wire } from '#shared/contract/wire.ts'
import type { Bridge } from '../index.ts'
import { demoHandlers } from './handlers.ts'
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
    demoHandlers(state, (event, payload) => {
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
