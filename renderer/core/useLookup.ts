import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { newest } from './newest.ts'

/** Between the last key and the question, in milliseconds: longer than to the next letter, shorter than anybody waits. */
const rest = 90

export interface Lookup {
  /** Whether what is shown does not answer yet what was typed. */
  readonly waiting: Readonly<ShallowRef<boolean>>
  /** Something was typed: asked for after a short rest. */
  readonly typed: (words: string) => void
  /** Nobody types on: asks at once for what rests. */
  readonly hurry: () => void
  /** Nobody waits for an answer any more. */
  readonly drop: () => void
  /** Asks at once. */
  readonly look: (words: string) => Promise<void>
}

/**
 * Asks as one types. Only the answer to the newest words is taken: a slower one to older words says nothing any more.
 * @param ask what is asked; when it fails, there is no answer
 * @param take gets the answer, or nothing when there is none
 */
export function useLookup<T>(
  ask: (words: string) => Promise<T>,
  take: (answer: T | undefined, words: string) => void,
): Lookup {
  const waiting = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const begin = newest()
  let resting: string | undefined
  const settle = (): (() => boolean) => {
    clearTimeout(timer)
    resting = undefined
    waiting.value = true
    return begin()
  }
  const look = async (words: string): Promise<void> => {
    const isNewest = settle()
    const answer = await Promise.resolve(words)
      .then(ask)
      .catch(() => undefined)
    if (!isNewest()) return
    take(answer, words)
    waiting.value = false
  }
  const drop = (): void => {
    settle()
    waiting.value = false
  }
  onScopeDispose(drop)
  return {
    waiting,
    look,
    drop,
    hurry: () => {
      if (resting !== undefined) void look(resting)
    },
    typed: (words) => {
      settle()
      resting = words
      timer = setTimeout(() => void look(words), rest)
    },
  }
}
