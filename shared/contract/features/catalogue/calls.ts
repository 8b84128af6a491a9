import { z } from 'zod'
import { procedure } from '../../../domain/request/procedure.ts'
import { call, none } from '../../call.ts'

/** The procedures that are offered. */
export const calls = {
  'catalogue.list': call('signedIn', none, z.strictObject({ procedures: z.array(procedure) })),
} as const

export const events = {} as const
