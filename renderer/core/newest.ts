/**
 * Of questions that overtake each other only the newest counts. Each call begins one and makes those before it old; what
 * it answers tells, once the answer is there, whether somebody has asked again, or turned away, meanwhile.
 */
export function newest(): () => () => boolean {
  let last = 0
  return () => {
    const mine = (last += 1)
    return () => mine === last
  }
}
