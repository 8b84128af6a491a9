import type { z } from 'zod'
import { change, type Change, type changesAnswer } from '#shared/contract/platform.ts'
import { ok, type Result } from '#shared/result.ts'
import { cleanTexts } from '#shared/text/incoming.ts'
import type { Platform } from './platform.ts'
import type { OutboxStore } from './ports.ts'

/** More pages than this in one go is a feed that runs in circles. */
const mostPages = 1000

/**
 * Takes over the reference data that changed since the last time, page by page; each page and its cursor are kept
 * together, so that a cut in the middle resumes there. What this version cannot read is parked.
 * @returns the number of rows taken over
 */
export async function pullChanges(store: OutboxStore, platform: Platform): Promise<Result<number>> {
  let taken = 0
  for (let page = 0; page < mostPages; page += 1) {
    const before = store.link().cursor
    const asked = await askedFrom(platform, before)
    if (!asked.ok) return asked
    const { answer, first } = asked.value
    const { changes, parked } = sort(answer.changes)
    const last = !answer.more || answer.cursor === before
    if (first || last || answer.changes.length > 0 || answer.cursor !== before)
      store.applyChanges({ changes, parked, cursor: answer.cursor, first, last })
    taken += changes.length
    if (last) break
  }
  return ok(taken)
}

interface AskedPage {
  readonly answer: z.output<typeof changesAnswer>
  /** Read from the beginning: this feed names everything there is. */
  readonly first: boolean
}

/**
 * A cursor that the platform does not take any more (it was restored, or signs anew) begins the feed again: its rows
 * are whole.
 */
const askedFrom = async (platform: Platform, cursor: string | undefined): Promise<Result<AskedPage>> => {
  const answer = await platform.changes(cursor)
  const again = !answer.ok && cursor !== undefined && answer.fault.values?.['status'] === 400
  const page = again ? await platform.changes(undefined) : answer
  return page.ok ? ok({ answer: page.value, first: again || cursor === undefined }) : page
}

/** A row without its body that is no tombstone cannot be applied either: it is parked with the unknown ones. */
function sort(rows: readonly unknown[]): { changes: Change[]; parked: string[] } {
  const changes: Change[] = []
  const parked: string[] = []
  for (const row of rows) {
    const parsed = change.safeParse(cleanTexts(row))
    if (parsed.success && (parsed.data.deleted || parsed.data.body !== undefined)) changes.push(parsed.data)
    else parked.push(JSON.stringify(row))
  }
  return { changes, parked }
}
