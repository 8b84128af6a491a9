import type { z } from 'zod'
import * as features from './features.ts'
import { joined, type Joined } from './join.ts'

/**
 * Every call between a window and the worker; both ends parse. Each is named and given its shapes in the file of its
 * feature (`features/`), and nowhere else.
 */
export const calls: Joined<typeof features, 'calls'> = joined(features, 'calls')

export type Calls = typeof calls
export type Call = keyof Calls
export type In<C extends Call> = z.input<Calls[C]['input']>
export type Out<C extends Call> = z.output<Calls[C]['output']>
