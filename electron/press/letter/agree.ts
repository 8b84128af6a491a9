import { proposeFrom } from '#shared/domain/mail/proposal/propose.ts'
import type { Proposal, Proposals } from '#shared/domain/mail/proposal/reading.ts'
import { fold } from '#shared/text/fold.ts'

/** What was read one way only is a guess. */
const guess = 0.45

/**
 * What two readings of one picture say together. Numbers and days must be read twice the same to be sure: Tesseract drops
 * digits beside Arabic (22 becomes 2), and never the same ones from other pixels. French of a text layer whose Arabic is
 * turned is right letter by letter, and wins.
 * @param layer the text layer that was not believed, where there is one
 */
export function agreed(one: Proposals, other: Proposals, layer: string | undefined, received: string): Proposals {
  const typed = layer === undefined ? {} : typedIn(layer, received)
  const date = typed.date ?? bothDays(one.date, other.date, layer)
  const reference = typed.reference ?? bothNumbers(one.reference, other.reference, layer)
  const subject =
    typed.subject !== undefined && isLatin(one.subject) ? typed.subject : (one.subject ?? unsure(other.subject))
  const sender = typed.sender !== undefined && isLatin(one.sender) ? typed.sender : (one.sender ?? unsure(other.sender))
  return {
    ...(sender === undefined ? {} : { sender }),
    ...(reference === undefined ? {} : { reference }),
    ...(date === undefined ? {} : { date }),
    ...(subject === undefined ? {} : { subject }),
  }
}

const isLatin = (found: Proposal | undefined): boolean => found !== undefined && !/\p{Script=Arabic}/u.test(found.value)

const unsure = (found: Proposal | undefined): Proposal | undefined =>
  found === undefined ? undefined : { value: found.value, confidence: Math.min(found.confidence, guess) }

/** What the lines of a layer say that hold no Arabic. */
function typedIn(layer: string, received: string): Proposals {
  const lines = layer.split(/\r?\n/u).map((line) => (/\p{Script=Arabic}/u.test(line) ? '' : line))
  const { proposals } = proposeFrom(lines.join('\n'), received)
  const sure = (found: Proposal | undefined): boolean => found !== undefined && found.confidence >= 0.8
  return Object.fromEntries(Object.entries(proposals).filter(([, found]) => sure(found)))
}

/** A day that stands in the layer as a number of its own: its digits are right where its letters are turned. */
const standsIn = (layer: string, day: string): boolean =>
  new RegExp(`(?<!\\d)0?${String(Number(day))}(?!\\d)`, 'u').test(layer.normalize('NFKC'))

function bothDays(
  one: Proposal | undefined,
  other: Proposal | undefined,
  layer: string | undefined,
): Proposal | undefined {
  if (one === undefined || other === undefined) {
    const only = one ?? other
    // The digits of a layer are a second reading.
    if (only !== undefined && layer !== undefined && standsIn(layer, only.value.slice(8))) return only
    return unsure(only)
  }
  if (one.value === other.value) return one
  const [first, second] = [one.value, other.value].map((value) => String(Number(value.slice(8))))
  const sameMonth = one.value.slice(0, 7) === other.value.slice(0, 7)
  if (sameMonth && first !== undefined && second !== undefined && first.length !== second.length) {
    const [longer, shorter] = first.length > second.length ? [one, second] : [other, first]
    // A digit was dropped in one of them: digits are lost, hardly ever made up.
    if (String(Number(longer.value.slice(8))).includes(shorter))
      return { value: longer.value, confidence: Math.min(longer.confidence, 0.6) }
  }
  return unsure(one.confidence >= other.confidence ? one : other)
}

function bothNumbers(
  one: Proposal | undefined,
  other: Proposal | undefined,
  layer: string | undefined,
): Proposal | undefined {
  if (one === undefined || other === undefined) {
    const only = one ?? other
    if (only !== undefined && layer?.includes(only.value) === true) return only
    return unsure(only)
  }
  if (fold(one.value) === fold(other.value)) return one
  // The longer one has what the other lost.
  return unsure(one.value.length >= other.value.length ? one : other)
}
