import { watch } from 'vue'
import type { Result } from '#shared/result.ts'
import { useSession } from './stores/session.ts'

export interface Command {
  /**
   * Asks for an act under the id of its subject. The id stays the same until the act is answered with success, so that
   * an answer that was lost and is asked for again is never a second act.
   */
  readonly ask: <T>(subject: string, call: (commandId: string) => Promise<Result<T>>) => Promise<Result<T>>
  /** The subject is done with, whatever came of it: what is asked for next is another act. */
  readonly forget: (subject?: string) => void
}

/**
 * One command id for each act that is asked for. `subject` names what is acted on and how it stood when the agent
 * looked (`close 2026-09-01 0`): the same words are the same act.
 *
 * The id is kept after any fault, not only after those that leave the outcome open (`call.cancelled`, a worker that was
 * restarted). A refusal writes nothing, so the id is still free; and a refusal at the door (a session that ended) may
 * follow an answer that was lost, of which it says nothing.
 */
export function useCommand(): Command {
  const session = useSession()
  const ids = new Map<string, string>()
  let whose = session.session?.login
  // What one agent asked for is not the next one's; he himself may come back to it after a lock.
  watch(
    () => session.session?.login,
    (now) => {
      if (now === undefined || now === whose) return
      whose = now
      ids.clear()
    },
    { flush: 'sync' },
  )
  return {
    ask: async (subject, call) => {
      const id = ids.get(subject) ?? crypto.randomUUID()
      ids.set(subject, id)
      const result = await call(id)
      // Another agent, or another act on the same subject, may have taken its place meanwhile.
      if (result.ok && ids.get(subject) === id) ids.delete(subject)
      return result
    },
    forget: (subject) => {
      if (subject === undefined) ids.clear()
      else ids.delete(subject)
    },
  }
}
