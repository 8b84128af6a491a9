/**
 * Reads once what is asked for often; who asks while it is read waits for the same reading. One that failed is
 * forgotten: the next question reads again, since a file may have been put right meanwhile.
 * @param good whether an answer is kept; every one that is not a rejection when absent
 */
export function readOnce<T>(read: () => Promise<T>, good: (value: T) => boolean = () => true): () => Promise<T> {
  let kept: Promise<T> | undefined
  return () => {
    if (kept !== undefined) return kept
    const forget = (): void => {
      kept = undefined
    }
    kept = read()
    kept.then((value) => {
      if (!good(value)) forget()
    }, forget)
    return kept
  }
}
