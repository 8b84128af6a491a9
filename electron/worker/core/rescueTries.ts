import { createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { minute } from '#shared/domain/clock/units.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { markSecret, writeMark } from '../journal/rollbackGuard.ts'
import { lockOut, mostTries } from './signIn.ts'

/**
 * Tries of a rescue. The register that counts them otherwise is damaged, and the copy that knows the people is thrown
 * away: they are kept in a file beside it, authenticated as the marks are, over every restart.
 */
export interface RescueTries {
  /**
   * One try is about to be made: it counts before its password is looked at. Faults: session.lockedOut
   * (`values.minutes`), register.readOnly (it cannot be counted). Returns how many are left after it.
   */
  begin(): Result<{ readonly left: number }>
  /** The right one: how many wrong ones there were before it, all in all. The file is gone. */
  end(): number
}

const kept = z.strictObject({
  /** In a row since the last lock, and all of them. */
  row: z.int().nonnegative(),
  all: z.int().nonnegative(),
  /** Milliseconds. */
  lockedUntil: z.int().nonnegative(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
})
type Kept = Omit<z.infer<typeof kept>, 'mac'>

/** @param now milliseconds */
export function openRescueTries(dataDir: string, key: Uint8Array, now: () => number): RescueTries {
  const file = join(dataDir, 'rescue-tries')
  const macOf = ({ row, all, lockedUntil }: Kept): Buffer =>
    createHmac('sha256', markSecret(key)).update(['rescue', row, all, lockedUntil].join(' ')).digest()
  const read = (): Kept => {
    if (!existsSync(file)) return { row: 0, all: 0, lockedUntil: 0 }
    const found = readKept(file)
    // What somebody else wrote there stands for the tries that it was to hide.
    return found !== undefined && timingSafeEqual(Buffer.from(found.mac, 'hex'), macOf(found))
      ? found
      : { row: mostTries, all: mostTries, lockedUntil: now() + lockOut }
  }
  const write = (tries: Kept): boolean =>
    writeMark(file, JSON.stringify({ ...tries, mac: macOf(tries).toString('hex') }))
  return {
    begin() {
      const { row, all, lockedUntil } = read()
      // A lock of a clock that stood ahead lasts no longer than any other.
      const waits = Math.min(lockedUntil - now(), lockOut)
      if (waits > 0) {
        if (!write({ row: 0, all, lockedUntil: now() + waits })) return err(faultOf('register.readOnly', 'tries'))
        return err(faultOf('session.lockedOut', undefined, { minutes: Math.ceil(waits / minute) }))
      }
      const locked = row + 1 >= mostTries
      const tries = { row: locked ? 0 : row + 1, all: all + 1, lockedUntil: locked ? now() + lockOut : 0 }
      return write(tries) ? ok({ left: mostTries - row - 1 }) : err(faultOf('register.readOnly', 'tries'))
    },
    end() {
      const { all } = read()
      rmSync(file, { force: true })
      return Math.max(all - 1, 0)
    },
  }
}

const readKept = (file: string): z.infer<typeof kept> | undefined => {
  try {
    return kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}
