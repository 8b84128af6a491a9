/**
 * Lists and objects inside each other: ours have less than ten, and what walks a value without end runs out of stack.
 */
export const deepestJson = 100

/**
 * The value of a JSON text that came from outside; `undefined` when it is none, or nested deeper than `deepestJson`.
 */
export function readJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown
    return isShallow(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a value from outside is nested no deeper than `levels`. */
export const isShallow = (value: unknown, levels: number = deepestJson): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1)))
