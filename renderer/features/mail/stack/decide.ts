import type { ShallowRef } from 'vue'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import {
  higher,
  letterFrom,
  proposedFields,
  verbsAt,
  waitFor,
  type Source,
  type StackLetter,
  type Stop,
} from './stackDocument.ts'

interface Shared {
  readonly sources: ShallowRef<readonly Source[]>
  readonly letters: ShallowRef<readonly StackLetter[]>
  readonly stops: ShallowRef<readonly Stop[]>
  readonly selected: ShallowRef<number | undefined>
  readonly fault: ShallowRef<Fault | undefined>
  readonly stopOf: (letter: StackLetter) => Stop | undefined
  readonly newId: () => number
}

/** What somebody says of a place that was doubtful: cut there, or kept together. No face is lost by either. */
export function useStackDecisions({ sources, letters, stops, selected, fault, stopOf, newId }: Shared) {
  const bridge = useBridge()
  const here = () => {
    const letter = letters.value.find(({ id }) => id === selected.value)
    const stop = letter === undefined ? undefined : stopOf(letter)
    const source = sources.value.find(({ id }) => id === stop?.source)
    return letter === undefined || stop === undefined || source === undefined ? undefined : { letter, stop, source }
  }
  const decided = (stop: Stop): void => {
    stops.value = stops.value.filter((one) => one !== stop)
  }
  /** Other pages of the same source as a letter of their own, under what was said of them. */
  const made = async (
    source: Source,
    pages: readonly number[],
    from: StackLetter,
  ): Promise<StackLetter | undefined> => {
    const result = await bridge.call('mail.cut', { bytes: source.bytes, pages: [...pages] })
    fault.value = result.ok ? undefined : result.fault
    if (!result.ok) return undefined
    const { level, service, mode } = from.draft
    const fresh = letterFrom({ ...result.value, pages }, { id: newId(), source, whole: false })
    const first = pages[0] === from.pages[0]
    // What somebody typed of its first page still stands there.
    const typed = first ? proposedFields.filter((field) => from.marks[field] === undefined) : []
    const kept = Object.fromEntries(typed.map((field) => [field, from.draft[field]]))
    return { ...fresh, draft: { ...fresh.draft, level, service, mode, ...kept } }
  }
  const replace = (old: readonly StackLetter[], by: readonly StackLetter[]): void => {
    const at = letters.value.findIndex(({ id }) => id === old[0]?.id)
    const rest = letters.value.filter(({ id }) => !old.some((one) => one.id === id))
    letters.value = [...rest.slice(0, at), ...by, ...rest.slice(at)]
    selected.value = by[0]?.id
  }
  return {
    cut: async (): Promise<void> => {
      const place = here()
      if (place === undefined || !verbsAt(place.stop, letters.value).cut) return
      const { stop, source } = place
      // A sheet that cannot be read has cut already.
      if (stop.why !== 'unreadableSeparator') {
        const [whole] = waitFor(stop, letters.value)
        if (whole === undefined) return
        const first = await made(
          source,
          whole.pages.filter((page) => page < stop.page),
          whole,
        )
        const second = await made(
          source,
          whole.pages.filter((page) => page >= stop.page),
          whole,
        )
        if (first === undefined || second === undefined) return
        // The sheet said the service of what lies behind it, not of what follows without one.
        replace([whole], [first, { ...second, draft: { ...second.draft, service: '' } }])
      }
      decided(stop)
    },
    keep: async (): Promise<void> => {
      const place = here()
      if (place === undefined || !verbsAt(place.stop, letters.value).keep) return
      const { stop, source } = place
      const [one, other] = waitFor(stop, letters.value)
      if (stop.why === 'unreadableSeparator') {
        if (one === undefined || other === undefined) return
        const both = await made(source, [...one.pages, ...other.pages], one)
        if (both === undefined) return
        const level = higher(one.draft.level, other.draft.level)
        replace([one, other], [{ ...both, draft: { ...both.draft, level } }])
      } else if (stop.why === 'labelTwice' && one !== undefined)
        // It is tied to the first of them.
        letters.value = letters.value.map((each) => (each.id === one.id ? { ...each, label: undefined } : each))
      decided(stop)
    },
  }
}
