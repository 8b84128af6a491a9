import type { SpokenLanguage } from '#shared/contract/boardVoice.ts'
import { partsOf, type BoardCall } from './calls.ts'

/**
 * The recordings that a call is put together from, by the name of their file: `number`, a letter (`a`), a number from 0
 * to 99 in French and to 19, then tens, in Arabic, hundreds, `and` (Arabic joins hundreds, units and tens by و), and
 * `counter`. What no recording says, a number from a thousand on, is said digit by digit.
 */
export function fragmentsOf({ ticket, counter }: BoardCall, language: SpokenLanguage): readonly string[] {
  const { letter, figure } = partsOf(ticket)
  return [
    'number',
    ...spelled(letter, language),
    ...numberIn(figure, language),
    'counter',
    ...spelled(counter, language),
  ]
}

/** Letters one by one, figures as numbers; what separates them is not said. */
const spelled = (text: string, language: SpokenLanguage): readonly string[] =>
  (text.match(/[A-Z]|\d+/giu) ?? []).flatMap((part) =>
    /\d/u.test(part) ? numberIn(part, language) : [part.toLowerCase()],
  )

function numberIn(figure: string, language: SpokenLanguage): readonly string[] {
  const value = Number(figure)
  if (figure === '' || value > 999) return [...figure]
  const [hundreds, rest] = [value - (value % 100), value % 100]
  const parts = [
    ...(hundreds === 0 ? [] : [[String(hundreds)]]),
    ...(rest === 0 && hundreds > 0 ? [] : [language === 'fr' ? [String(rest)] : arabicBelowHundred(rest)]),
  ]
  return parts.flatMap((part, at) => (at > 0 && language === 'ar' ? ['and', ...part] : part))
}

/** Units come before tens: twenty-two is two and twenty. */
function arabicBelowHundred(value: number): string[] {
  const unit = value % 10
  if (value < 20 || unit === 0) return [String(value)]
  return [String(unit), 'and', String(value - unit)]
}
