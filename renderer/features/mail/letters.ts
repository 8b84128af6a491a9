import { computed, shallowRef, watch } from 'vue'
import type { In } from '#shared/contract/calls.ts'
import type { KnownPosted, LetterLine, LetterView, OldLetterLine } from '#shared/contract/features/mail/views.ts'
import type { Basket } from '#shared/domain/mail/baskets.ts'
import type { LetterRegister, LetterState, Routing } from '#shared/domain/mail/letter.ts'
import type { searchPeriods } from '#shared/domain/mail/savedSearch.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import { useBridge } from '../../core/bridge/index.ts'
import { defineSessionStore } from '../../core/stores/sessionStore.ts'
import { useCommand } from '../../core/useCommand.ts'
import { useLookup } from '../../core/useLookup.ts'
import { useMailOffice } from './office.ts'

export type Period = (typeof searchPeriods)[number]
/** What is looked at besides the words. */
export interface LetterFilter {
  readonly register?: LetterRegister | undefined
  readonly state?: LetterState | undefined
  readonly service?: string | undefined
  readonly period: Period
  readonly due?: Basket | undefined
}
const everything: LetterFilter = { period: 'all' }

/** Lines that are read at once; more when the end comes in sight. */
const page = 60
/** How far what was found is counted. */
const countTo = 1_000
const daysOf = { all: 0, today: 0, week: 6, month: 29, year: 0 } as const

/** First day of a period that ends today. */
const firstOf = (period: Period, today: string): string =>
  period === 'year'
    ? `${today.slice(0, 4)}-01-01`
    : new Date(Date.parse(`${today}T00:00:00Z`) - daysOf[period] * 86_400_000).toISOString().slice(0, 10)

/** The list of letters, what narrows it, and the one that is looked at. */
export const useLetters = defineSessionStore('mailLetters', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const command = useCommand()
  const words = shallowRef('')
  const filter = shallowRef<LetterFilter>(everything)
  const lines = shallowRef<readonly LetterLine[]>()
  /** Lines of a register that was kept elsewhere before: after all of ours. */
  const old = shallowRef<readonly OldLetterLine[]>([])
  const total = shallowRef(0)
  const selected = shallowRef<string>()
  const view = shallowRef<LetterView>()
  const fault = shallowRef<Fault>()
  const viewFault = shallowRef<Fault>()
  const actFault = shallowRef<Fault>()
  const busy = shallowRef(false)
  /** The day of an acknowledgement is asked for. */
  const acknowledging = shallowRef(false)

  /** What is looked for, of however many. */
  const wanted = computed(() => {
    const { register, state, service, period, due } = filter.value
    return {
      words: words.value,
      ...(register === undefined ? {} : { register }),
      ...(state === undefined ? {} : { state }),
      ...(service === undefined ? {} : { service }),
      ...(period === 'all' || office.today === '' ? {} : { from: firstOf(period, office.today) }),
      ...(due === undefined ? {} : { due }),
    }
  })
  const question = (skip: number): In<'mail.search'> => ({ ...wanted.value, limit: page, skip, countTo })
  const lookup = useLookup(
    () => bridge.call('mail.search', question(0)),
    (result) => {
      if (result === undefined) return
      fault.value = result.ok ? undefined : result.fault
      if (!result.ok) return
      lines.value = result.value.lines
      old.value = result.value.old
      total.value = result.value.total
      if (!result.value.lines.some(({ number }) => number === selected.value))
        selected.value = result.value.lines[0]?.number
      // It was answered, or changed at another window, since it was looked at.
      const line = result.value.lines.find(({ number }) => number === view.value?.number)
      if (line !== undefined && line.number === selected.value && line.state !== view.value?.state)
        void looking.look(line.number)
    },
  )
  watch(words, (now) => {
    lookup.typed(now)
  })
  watch(filter, () => void lookup.look(words.value))

  let reading = false
  /** Reads the lines after those that are there. */
  const more = async (): Promise<void> => {
    const known = lines.value ?? []
    if (reading || known.length === 0 || known.length % page !== 0) return
    reading = true
    const result = await bridge.call('mail.search', question(known.length))
    reading = false
    // Another question was asked meanwhile: these lines answer the one before.
    if (!result.ok || lines.value !== known) return
    const there = new Set(known.map(({ number }) => number))
    old.value = result.value.old
    lines.value = [...known, ...result.value.lines.filter(({ number }) => !there.has(number))]
  }

  const looking = useLookup(
    async (number) => (number === '' ? undefined : bridge.call('mail.show', { number })),
    (result) => {
      viewFault.value = result?.ok === false ? result.fault : undefined
      view.value = result?.ok === true ? result.value : undefined
    },
  )
  watch(
    selected,
    (now) => {
      actFault.value = undefined
      if (view.value?.number !== now) looking.typed(now ?? '')
    },
    { flush: 'sync' },
  )

  /**
   * The letter that is chosen, once it was found and read: whoever is quicker than the register is not given the one
   * before.
   */
  const chosen = async (): Promise<LetterView | undefined> => {
    if (lookup.waiting.value) await lookup.look(words.value)
    const number = selected.value
    if (number === undefined) return undefined
    if (view.value?.number !== number) await looking.look(number)
    return view.value?.number === number && selected.value === number ? view.value : undefined
  }
  /** What an act made of a letter is shown at once, in the list and beside it. */
  const put = (letter: LetterView): void => {
    const { letter: _l, files, routing: _r, events: _e, answers: _a, closed: _c, ...line } = letter
    lines.value = lines.value?.map((one) => (one.number === letter.number ? { ...line, files: files.length } : one))
    if (selected.value === letter.number) view.value = letter
    void office.load()
  }
  const act = async (
    what: string,
    letter: LetterView,
    call: (commandId: string, number: string) => Promise<Result<LetterView>>,
  ): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    const subject = `${what} ${letter.number} ${String(letter.events.length)}`
    const result = await command.ask(subject, (commandId) => call(commandId, letter.number))
    busy.value = false
    actFault.value = result.ok ? undefined : result.fault
    if (result.ok) put(result.value)
    return result.ok
  }
  return {
    words,
    filter,
    wanted,
    lines,
    old,
    total,
    selected,
    view,
    fault,
    viewFault,
    actFault,
    busy,
    acknowledging,
    waiting: lookup.waiting,
    counted: computed(() => total.value < countTo),
    narrowed: computed(() => words.value !== '' || filter.value !== everything),
    hurry: lookup.hurry,
    chosen,
    /** The list is left: what is still looked for in it chooses nothing any more. */
    leave: lookup.drop,
    load: () => lookup.look(words.value),
    more,
    narrow: (to: Partial<LetterFilter>): void => {
      filter.value = { ...filter.value, ...to }
    },
    /** Everything is shown again. */
    clear: (): void => {
      words.value = ''
      filter.value = everything
    },
    look: (number: string) => {
      selected.value = number
      return looking.look(number)
    },
    route: (letter: LetterView, routing: Routing) =>
      act('route', letter, (commandId, number) => bridge.call('mail.route', { commandId, number, routing })),
    cancel: (letter: LetterView, reason: string) =>
      act('cancel', letter, (commandId, number) => bridge.call('mail.cancel', { commandId, number, reason })),
    acknowledge: (letter: LetterView, on: string) =>
      act('acknowledge', letter, (commandId, number) => bridge.call('mail.acknowledge', { commandId, number, on })),
    /** The departure of a registered item, which is looked at from now on. */
    posted: async (code: string): Promise<KnownPosted | undefined> => {
      const result = await bridge.call('mail.posted', { code })
      fault.value = result.ok ? undefined : result.fault
      if (!result.ok) return undefined
      const departure = result.value.is === 'sent' ? result.value.departure : undefined
      words.value = departure ?? code
      filter.value = everything
      await lookup.look(words.value)
      if (departure !== undefined) {
        selected.value = departure
        await looking.look(departure)
      }
      return result.value
    },
    takeBack: (letter: LetterView) =>
      act('back', letter, (commandId, number) => bridge.call('mail.takeBack', { commandId, number })),
    file: async (number: string, sha256: string) => {
      const result = await bridge.call('mail.file', { number, sha256 })
      actFault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value : undefined
    },
  }
})
