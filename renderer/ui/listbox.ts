import { computed, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { fold } from '#shared/text/fold.ts'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly keywords?: string | undefined
  /** Found elsewhere by what was typed: it is not compared with it again. */
  readonly sought?: true | undefined
}
/** Choices that are asked for as one types. */
export interface Asked {
  /** Whether the choices do not answer yet what was typed. */
  readonly waiting: () => boolean
  /** Asks at once. */
  readonly hurry: () => void
}
export interface Listbox<C extends Choice> {
  readonly query: Ref<string>
  readonly found: ComputedRef<readonly C[]>
  readonly active: ShallowRef<number>
  /** Moves the highlight, or picks on Enter; true when the key was used. */
  readonly key: (event: KeyboardEvent) => boolean
}

/**
 * Every word of the query must occur; the choice whose code was typed comes first, then those whose label begins with the
 * query.
 */
export function search<C extends Choice>(choices: readonly C[], query: string): readonly C[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return choices
  const start = words.join(' ')
  const hits = choices.filter((one) => {
    if (one.sought === true) return true
    const text = fold(`${one.label} ${one.keywords ?? ''}`)
    return words.every((word) => text.includes(word))
  })
  const rank = (one: C): number => (fold(one.value) === start ? 0 : fold(one.label).startsWith(start) ? 1 : 2)
  return [...hits].sort((one, other) => rank(one) - rank(other))
}

/**
 * The behaviour shared by the combobox and the command palette. Enter before the answer to what was typed is there waits
 * for it: whoever types fast takes what he asked for, not what was asked before.
 */
export function useListbox<C extends Choice>(
  query: Ref<string>,
  choices: () => readonly C[],
  pick: (choice: C) => void,
  asked?: Asked,
): Listbox<C> {
  const found = computed(() => search(choices(), query.value))
  const active = shallowRef(0)
  let [moved, held] = [false, false]
  watch(query, () => {
    active.value = 0
    moved = false
    held = false
  })
  watch(found, (now, before) => {
    const kept = moved ? now.findIndex((one) => one.value === before[active.value]?.value) : -1
    active.value = Math.max(0, kept)
  })
  watch(
    () => asked?.waiting() === true,
    (waiting) => {
      const chosen = found.value[active.value]
      if (!waiting && held && chosen !== undefined) pick(chosen)
      if (!waiting) held = false
    },
    { flush: 'post' },
  )
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
    if (next !== undefined) {
      active.value = next
      moved = true
    } else if (event.key === 'Enter' && !event.ctrlKey && asked?.waiting() === true) {
      held = true
      asked.hurry()
    } else if (event.key === 'Enter' && chosen !== undefined && !event.ctrlKey) pick(chosen)
    else return false
    event.preventDefault()
    return true
  }
  return { query, found, active, key }
}
