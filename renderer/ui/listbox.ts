import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { fold } from '#shared/text/fold.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly keywords?: string | undefined
}
export interface Listbox<C extends Choice> {
  readonly query: Ref<string>
  readonly found: ComputedRef<readonly C[]>
  readonly active: ShallowRef<number>
  /** Moves the highlight, or picks on Enter; true when the key was used. */
  readonly key: (event: KeyboardEvent) => boolean
}

/** Every word of the query must occur; choices whose label begins with the query come first. */
export function search<C extends Choice>(choices: readonly C[], query: string): readonly C[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return choices
  const start = words.join(' ')
  const hits = choices.filter((one) => {
    const text = fold(`${one.label} ${one.keywords ?? ''}`)
    return words.every((word) => text.includes(word))
  })
  const begins = (one: C): number => (fold(one.label).startsWith(start) ? 0 : 1)
  return [...hits].sort((one, other) => begins(one) - begins(other))
}

/** The behaviour shared by the combobox and the command palette. */
export function useListbox<C extends Choice>(
  query: Ref<string>,
  choices: () => readonly C[],
  pick: (choice: C) => void,
): Listbox<C> {
  const found = computed(() => search(choices(), query.value))
  const active = shallowRef(0)
  watch(found, () => {
    active.value = 0
  })
  const key = (event: KeyboardEvent): boolean => {
    const last = found.value.length - 1
    const to: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(active.value + 1, last),
      ArrowUp: Math.max(active.value - 1, 0),
      PageDown: Math.min(active.value + 8, last),
      PageUp: Math.max(active.value - 8, 0),
    }
    const next = to[event.key]
    const chosen = found.value[active.value]
    if (next !== undefined) active.value = next
    else if (event.key === 'Enter' && chosen !== undefined && !event.ctrlKey) pick(chosen)
    else return false
    event.preventDefault()
    return true
  }
  return { query, found, active, key }
}
