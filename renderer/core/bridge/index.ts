import { inject, type InjectionKey } from 'vue'
import { calls } from '#shared/contract/calls.ts'
import { events } from '#shared/contract/events.ts'
import { connectDoor, type DoorBridge } from './door.ts'

export type Bridge = DoorBridge<'clerk'>
export const bridgeKey: InjectionKey<Bridge> = Symbol('bridge')

/** The register's side of the window, for any component. */
export function useBridge(): Bridge {
  const bridge = inject(bridgeKey)
  if (bridge === undefined) throw new TypeError('the bridge is not provided')
  return bridge
}

/** The bridge of a clerk's window. */
export const connectBridge = (page: Window = window): Bridge => connectDoor<'clerk'>({ calls, events }, page)
