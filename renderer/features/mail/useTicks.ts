import { shallowRef, type ShallowRef } from 'vue'
import type { LetterLine } from '#shared/contract/features/mail/views.ts'

/** A list whose lines are ticked: Space ticks the line that the focus is on, as its box does. */
export function useTicks(
  lines: () => readonly LetterLine[] | undefined,
  toggle: (number: LetterLine['number']) => void,
): { readonly selected: ShallowRef<string | undefined>; readonly onKey: (event: KeyboardEvent) => void } {
  const selected = shallowRef<string>()
  const onKey = (event: KeyboardEvent): void => {
    const row = (event.target as HTMLElement).getAttribute('role') === 'row'
    const at = lines()?.find(({ number }) => number === selected.value) ?? lines()?.[0]
    if (event.key !== ' ' || !row || at === undefined) return
    event.preventDefault()
    toggle(at.number)
  }
  return { selected, onKey }
}
