import { createHmac, timingSafeEqual } from 'node:crypto'
import type { PersonMark } from '#shared/domain/hall/person.ts'

/** The mark of whoever has this number. `key`: the office's, 32 bytes; `salt`: of the booking. */
export const markOf = (key: Uint8Array, number: string, salt: string): PersonMark => ({
  salt,
  mark: createHmac('sha256', key).update(`${salt}/${number}`).digest('hex'),
})

/** Whether a mark is of whoever has one of these numbers. */
export const isMarkOf = (key: Uint8Array, numbers: readonly string[], { salt, mark }: PersonMark): boolean =>
  numbers.some((number) => timingSafeEqual(Buffer.from(markOf(key, number, salt).mark), Buffer.from(mark)))
