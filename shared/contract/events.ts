import type { z } from 'zod'
import * as features from './features.ts'
import { joined, type Joined } from './join.ts'

/**
 * What the worker tells a window by itself; each payload is the whole new state, never a difference. Each is named in
 * the file of its feature (`features/`).
 */
export const events: Joined<typeof features, 'events'> = joined(features, 'events')

export type Events = typeof events
export type EventName = keyof Events
export type Payload<E extends EventName> = z.output<Events[E]>
