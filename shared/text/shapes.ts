import { z } from 'zod'
import { cleanLine, cleanNumber, cleanProse, hasLetter, isSound } from './incoming.ts'

/** Marks that stand apart from their letters, and ligatures of several letters: what is typed may shrink so much. */
const looseness = 4

const shape = (max: number, clean: (text: string) => string) =>
  z
    .string()
    .max(max * looseness)
    .refine(isSound, 'control characters, or text of another encoding')
    .overwrite(clean)
    .max(max)

/**
 * A value of one line that a person, a file or another machine gives: taken in one form, refused with control characters.
 * @param max letters, in UTF-16 units, once it is in that form
 */
export const line = (max: number) => shape(max, cleanLine)

/** As `line`, with its line ends. */
export const prose = (max: number) => shape(max, cleanProse)

const nothing = (text: string): boolean => text === '' || hasLetter(text)

/** A name: as `line`, and either empty or with something that a person can read. */
export const name = (max: number) => line(max).refine(nothing, 'no visible letter')

/** A number of a document, a stamp or a register: as `name`, with western digits and plain hyphens. */
export const typedNumber = (max: number) => shape(max, cleanNumber).refine(nothing, 'no visible letter or digit')
