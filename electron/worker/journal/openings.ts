import { z } from 'zod'
import { isOpeningSigned } from '../keys/accountKey.ts'
import type { JournalRow } from './rows/journalRows.ts'

const made = z.object({ publicKey: z.string() })
const opened = z.object({ signature: z.string() })

/**
 * Says of each link, in their order, whether it may stand: a session that was opened by somebody whose key is in the
 * journal carries the
 * signature of that key, which only the password opens, and each signature opens one session: a link that is copied behind
 * the others stands for nobody. What came before the first key of a person, or before the first link seen, is not judged.
 */
export function createOpeningCheck(counter: string): (link: JournalRow, body: unknown) => boolean {
  const keys = new Map<string, string>()
  const spent = new Set<string>()
  return ({ kind, actor, hlc }, body) => {
    if (kind === 'account.keyMade') {
      const key = made.safeParse(body)
      if (key.success) keys.set(actor, key.data.publicKey)
      return key.success
    }
    const key = kind === 'session.opened' ? keys.get(actor) : undefined
    if (key === undefined) return true
    const said = opened.safeParse(body)
    // By its moment: a signature has more than one text.
    const opening = `${actor} ${hlc}`
    if (!said.success || spent.has(opening)) return false
    spent.add(opening)
    return isOpeningSigned({ counter, code: actor, hlc }, said.data.signature, key)
  }
}
