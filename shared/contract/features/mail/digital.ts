import { z } from 'zod'
import { digitalItem } from '../../../domain/mail/digitalItem.ts'
import { call } from '../../call.ts'

/** What waits at the national digital mail office, as a clerk registers it. */
export const digitalItemView = digitalItem.omit({ office: true })
export type DigitalItemView = z.infer<typeof digitalItemView>

/**
 * How much waits there: ready to be registered, its files still on their way, or stopped since a file is not what it was
 * said to be or the item cannot be read.
 */
export const digitalWaiting = z.strictObject({
  ready: z.int().nonnegative(),
  coming: z.int().nonnegative(),
  stopped: z.int().nonnegative(),
})

export const digitalCalls = {
  /**
   * What waits and is here with its files, oldest first. One is registered as any arrival, under its number there: that
   * ends it.
   */
  'mail.digital': call(
    'keepMail',
    z.strictObject({ limit: z.int().min(1).max(200).default(1) }),
    z.strictObject({ items: z.array(digitalItemView) }),
  ),
} as const
