import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

/** Between the last key and the question, in milliseconds: longer than to the next letter, shorter than anybody waits. */
const rest = 90

export interface Lookup {
  /** Whether what is shown does not answer yet what was typed. */
  readonly waiting: Readonly<ShallowRef<boolean>>
  /** Something was typed: asked for after a short rest. */
  readonly typed: (words: string) => void
  /** Nobody types on: asks at once for what rests. */
  readonly hurry: () => void
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
  let [timer, newest]: [ReturnType<typeof setTimeout> | undefined, number] = [undefined, 0]
  let resting: string | undefined
  const settle = (): number => {
    clearTimeout(timer)
    resting = undefined
    waiting.value = true
    return (newest += 1)
  }
  const look = async (words: string): Promise<void> => {
    const mine = settle()
    const answer = await Promise.resolve(words)
      .then(ask)
      .catch(() => undefined)
    if (mine !== newest) return
    take(answer, words)
    waiting.value = false
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    newest += 1
  })
  return {
    waiting,
    look,
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
