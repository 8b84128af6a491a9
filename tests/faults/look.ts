import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CounterId } from '#shared/ids.ts'
import { openTestStore } from '#tests/builders/register.ts'
import { filesFail, linkFiles, papersFail, type FilesLooked } from './files.ts'
import { hallFails } from './hallLog.ts'
import { marksFail, whatFails } from './holds.ts'
import type { HeardAct } from './kill.ts'

interface Looking {
  readonly counter: CounterId
  /** Every act that was heard and is to be there, and those of the life that has just ended. */
  readonly acts: readonly HeardAct[]
  readonly fresh: readonly HeardAct[]
  /** Lines of the paper trail from before an older register was put back. */
  readonly paperFrom: number
  readonly looked: FilesLooked
}

/**
 * What does not hold in a register after a kill, in words, and the number that it gives next. Looks at a copy, so that
 * the next life finds the register as the kill left it.
 */
export async function look(
  data: string,
  copy: string,
  { counter, acts, fresh, paperFrom, looked }: Looking,
): Promise<{ readonly failed: readonly string[]; readonly next: string | undefined }> {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy)
  for (const name of readdirSync(data))
    if (/^(register\.db|high-water)/.test(name)) cpSync(join(data, name), join(copy, name))
  linkFiles(data, copy)
  const tickets = await hallFails(data, copy, acts)
  looked.tickets = tickets.issued
  const store = openTestStore(copy)
  try {
    const quarantined =
      store.db.get<{ n: number }>(`SELECT count(*) AS n FROM settings WHERE key = 'quarantine'`)?.n === 1
    const last = store.db.get<{ number: string }>(
      'SELECT number FROM requests ORDER BY year DESC, sequence DESC LIMIT 1',
    )?.number
    return {
      failed: [
        ...whatFails(store, acts, counter),
        ...(quarantined ? [] : marksFail(copy, store, fresh)),
        ...(await filesFail(store, looked)),
        ...tickets.failed,
        ...papersFail(store, join(data, 'paper.txt'), paperFrom, looked),
      ],
      next: last === undefined ? undefined : numberAfter(last),
    }
  } finally {
    store.close()
  }
}

const numberAfter = (number: string): string =>
  number.replace(
    /\/(\d+)(-S\d+)?$/,
    (_, digits: string, series = '') =>
      `/${String(Number(digits) + 1).padStart(digits.length, '0')}${series as string}`,
  )
