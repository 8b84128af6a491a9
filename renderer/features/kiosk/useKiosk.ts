import { computed, onBeforeUnmount, shallowRef } from 'vue'
import type { AppState } from '#shared/contract/features/app/calls.ts'
import type { BoardView } from '#shared/contract/features/hall/views.ts'
import { numbersOfZone } from '#shared/domain/hall/person.ts'
import { classifyScan } from '#shared/domain/scan/classify.ts'
import type { Language } from '#shared/domain/text.ts'
import type { Fault } from '#shared/fault.ts'
import type { Result } from '#shared/result.ts'
import type { DoorBridge } from '../../core/bridge/door.ts'
import { speak } from '../../core/i18n/language.ts'
import { appointmentIn, appointmentOf, longestNumber, troubleOf } from './rules.ts'

export type KioskBridge = Pick<DoorBridge<'kiosk'>, 'call' | 'on' | 'onRestart'>

/** A number that was given out, as the screen shows it. */
export interface GivenTicket {
  readonly ticket: string
  readonly service?: string | undefined
  readonly before?: number | undefined
  readonly minutes?: number | undefined
  /** The time of the appointment that was checked in. */
  readonly time?: string
  /** Whether paper says it too. */
  readonly printed: boolean
}
/** How long a number stays on the screen, in milliseconds; longer where no paper says it too. */
const [showFor, showAloudFor] = [8_000, 20_000]
/** A kiosk that nobody touches for this long is anybody's again. */
const wipeAfter = 20_000
/** How long a word about something that went wrong, or about who was called, stands. */
const sayFor = 8_000

/** One visitor after the other at a kiosk: what this one chose is gone before the next one comes. */
export function useKiosk(bridge: KioskBridge, first: Language) {
  const app = shallowRef<AppState>()
  const board = shallowRef<BoardView>()
  const language = shallowRef(first)
  const priority = shallowRef(false)
  const larger = shallowRef(false)
  const contrast = shallowRef(false)
  const lower = shallowRef(false)
  /** Digits of an appointment while they are typed. */
  const digits = shallowRef<string>()
  const given = shallowRef<GivenTicket>()
  const trouble = shallowRef<ReturnType<typeof troubleOf> | 'noCode' | 'card'>()
  const help = shallowRef<'called' | 'failed'>()
  const busy = shallowRef(false)
  /** What was asked for last and not answered well: asked for again, it is the same. */
  let attempt: { readonly what: string; readonly id: string } | undefined
  let idle: ReturnType<typeof setTimeout> | undefined
  let visit = 0

  const wipe = (): void => {
    clearTimeout(idle)
    visit += 1
    attempt = undefined
    priority.value = larger.value = contrast.value = lower.value = false
    digits.value = given.value = trouble.value = help.value = undefined
    if (language.value !== first) choose(first)
  }
  const touched = (ms = wipeAfter): void => {
    clearTimeout(idle)
    idle = setTimeout(wipe, ms)
  }
  const choose = (to: Language): void => {
    language.value = to
    void speak(to)
  }
  const commandFor = (what: string): string => {
    if (attempt?.what !== what) attempt = { what, id: crypto.randomUUID() }
    return attempt.id
  }
  /** Asks once, however often it is touched meanwhile. */
  const ask = async <T>(
    what: string,
    call: (commandId: string) => Promise<Result<T>>,
    show: (answer: T) => GivenTicket,
  ): Promise<void> => {
    if (busy.value || given.value !== undefined) return
    busy.value = true
    trouble.value = undefined
    clearTimeout(idle)
    const mine = visit
    const answer = await call(commandFor(what))
    busy.value = false
    if (answer.ok) {
      attempt = undefined
      const shown = show(answer.value)
      given.value = shown
      digits.value = undefined
      touched(shown.printed ? showFor : showAloudFor)
    } else if (mine === visit) fail(answer.fault)
  }
  const complain = (of: NonNullable<typeof trouble.value>): void => {
    trouble.value = of
    touched(sayFor * 2)
  }
  const fail = (fault: Fault): void => {
    complain(troubleOf(fault.code))
  }
  const checkIn = (appointment: string): Promise<void> =>
    ask(
      `check in ${appointment}`,
      (commandId) => bridge.call('kiosk.checkIn', { commandId, appointment, priority: priority.value }),
      (given) => given,
    )
  const checkInByCard = (numbers: string[]): Promise<void> =>
    ask(
      `check in by ${numbers.join(' ')}`,
      (commandId) => bridge.call('kiosk.checkInByCard', { commandId, numbers, priority: priority.value }),
      (given) => given,
    )
  /** Why this kiosk gives out nothing now. */
  const closed = computed(() => {
    const now = board.value
    if (now === undefined || now.role === 'none') return 'off' as const
    if (now.role === 'starting') return 'starting' as const
    if (!now.open) return 'notOpen' as const
    return now.paper === 'out' ? ('paper' as const) : undefined
  })

  /** Each answer is taken when it comes: one that waited for the other would undo what was told in between. */
  const read = (): void => {
    void bridge.call('app.state', {}).then((now) => {
      if (now.ok) app.value = now.value
    })
    void bridge.call('hall.board', {}).then((now) => {
      board.value = now.ok ? now.value : undefined
    })
  }
  const offs = [
    bridge.on('app', (told) => {
      app.value = told
    }),
    bridge.on('board', (told) => {
      // A station that lost the hall still speaks.
      if (board.value?.day === told.day && board.value !== undefined && told.epoch < board.value.epoch) return
      board.value = told
    }),
    bridge.on('kioskCard', (card) => {
      if (closed.value !== undefined || given.value !== undefined) return
      if (card.state === 'read') void checkInByCard(card.numbers)
      else if (card.state === 'closed') complain('card')
    }),
  ]
  bridge.onRestart(read)
  onBeforeUnmount(() => {
    for (const off of offs) off()
    clearTimeout(idle)
  })
  read()

  return {
    app,
    board,
    language,
    priority,
    larger,
    contrast,
    lower,
    digits,
    given,
    trouble,
    help,
    busy,
    touched,
    wipe,
    choose,
    checkIn: () => checkIn(appointmentOf(digits.value ?? '')),
    issue: (service: string) =>
      ask(
        `issue ${service} ${String(priority.value)}`,
        (commandId) => bridge.call('kiosk.issue', { commandId, service, priority: priority.value }),
        (answer) => ({ ...answer, service }),
      ),
    type: (digit: string): void => {
      trouble.value = undefined
      if (digits.value !== undefined && digits.value.length < longestNumber) digits.value += digit
    },
    closed,
    scanned: (text: string): void => {
      touched()
      const appointment = appointmentIn(text)
      const known = classifyScan(text, new Date())
      const numbers = known.kind === 'mrz' ? numbersOfZone(known.mrz) : []
      if (numbers.length > 0) void checkInByCard(numbers)
      else if (appointment !== undefined) void checkIn(appointment)
      else complain('noCode')
    },
    callHelp: async (): Promise<void> => {
      if (help.value !== undefined) return
      const answer = await bridge.call('kiosk.help', { commandId: crypto.randomUUID() })
      help.value = answer.ok ? 'called' : 'failed'
      touched()
    },
  }
}
export type Kiosk = ReturnType<typeof useKiosk>
