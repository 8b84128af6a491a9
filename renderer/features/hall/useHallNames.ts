import type { HallView } from '#shared/contract/features/hall/views.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import type { IconName } from '../../ui/icons.ts'
import { useHall } from './hall.ts'
import { hallWords } from './words.ts'

type State = HallView['counters'][number]['state']
const marks: Readonly<Record<State, IconName>> = {
  closed: 'closed',
  free: 'done',
  called: 'ringing',
  serving: 'citizen',
  away: 'break',
}

/** What things of the hall are called. */
export function useHallNames() {
  const hall = useHall()
  const { t, formats, language } = useWords(hallWords)
  const service = (letter: string): string => {
    const found = hall.view?.services.find((one) => one.letter === letter)
    return found === undefined ? letter : formats.value.text(found.name)
  }
  return {
    t,
    formats,
    language,
    service,
    services: (letters: readonly string[]): string => formats.value.list(letters.map(service)),
    /** 27 min, from a number of minutes. */
    minutes: (n: number): string => formats.value.duration(n * 60_000),
    mark: (state: State): IconName => marks[state],
  }
}
