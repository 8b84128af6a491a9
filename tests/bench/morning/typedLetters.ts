import { fold } from '#shared/text/fold.ts'
import type { Hands, Taken } from './hand.ts'
import type { MorningLetter } from './letters.ts'

/** As a clerk types a date: day and month. */
const typedDay = (iso: string): string => `${iso.slice(8, 10)}${iso.slice(5, 7)}`

/**
 * Letters one after the other in the form of a letter, which has the focus: a sender who wrote before by the first letters
 * of the name, and every fifth letter is of the one before, whose values are repeated by their key.
 */
export async function registerTyped(hands: Hands, letters: readonly MorningLetter[]): Promise<readonly Taken[]> {
  const known = new Set<string>()
  const taken: Taken[] = []
  for (const [at, letter] of letters.entries()) {
    const before = letters[at - 1]
    const again = at % 5 === 4 && before !== undefined
    // Of the same sender about the same: only its reference is its own.
    const wanted = again ? { ...before, reference: letter.reference } : letter
    hands.begin()
    if (again) await hands.press('F5')
    else if (known.has(letter.party)) {
      await hands.type(prefixOf(letter.party, known))
      await hands.press('Enter')
    } else {
      await hands.type(letter.party)
      await hands.press('Tab')
    }
    await hands.focusOn('entry-reference')
    await hands.type(wanted.reference)
    if (!again) {
      await hands.press('Enter')
      await hands.type(typedDay(wanted.date))
      await hands.press('Enter')
      await hands.focusOn('entry-subject')
      await hands.type(wanted.subject)
    }
    const party = await hands.valueOf('entry-party')
    if (fold(party) !== fold(wanted.party)) throw new Error(`${party} is taken for ${wanted.party}`)
    await hands.press('Control+Enter')
    await hands.until((count: number) => {
      const field = document.activeElement
      const number = document.querySelector('[data-testid=entry-number]')?.textContent ?? ''
      return (
        field instanceof HTMLInputElement &&
        field.dataset['testid'] === 'entry-party' &&
        field.value === '' &&
        Number(number.replaceAll(/\D/gu, '')) === count
      )
    }, at + 1)
    known.add(letter.party)
    taken.push(hands.taken())
  }
  return taken
}

/** The fewest letters, from three on, by which a name is told from all others that are known. */
function prefixOf(name: string, known: ReadonlySet<string>): string {
  for (let length = 3; length < name.length; length += 1) {
    const part = fold(name.slice(0, length))
    if ([...known].every((one) => one === name || !fold(one).includes(part))) return name.slice(0, length)
  }
  return name
}
