import { randomInt } from 'node:crypto'

/** Without the letters that are taken for digits. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
/** Of 32 letters: two sheets of a million have the same serial with a chance of one in two, and lie side by side never. */
const length = 8

/** Serials of as many separators, each once. */
export function randomSerials(count: number): readonly string[] {
  const serials = new Set<string>()
  while (serials.size < count)
    serials.add(Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join(''))
  return [...serials]
}
