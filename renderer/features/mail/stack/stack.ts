import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { Correspondent } from '#shared/domain/mail/letter.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { useApp } from '../../../core/stores/app.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { letterOf, problemsOf, type EntryDraft } from '../entry/draft.ts'
import { useMailOffice } from '../office.ts'
import { useStackDecisions } from './decide.ts'
import { useStackReading } from './read.ts'
import { useStackRegistering } from './registerLetters.ts'
import {
  balanceOf,
  isReady,
  letterFrom,
  stateOf,
  tied,
  waitFor,
  withTyped,
  type ProposedField,
  type Source,
  type StackLetter,
  type StackState,
  type Stop,
} from './stackDocument.ts'

/** A file of whatever way in. */
interface Received {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const isStack = ({ name, type }: Received): boolean =>
  /^(?:application\/pdf|image\/(?:png|jpeg))$/u.test(type) || /\.(?:pdf|png|jpe?g)$/iu.test(name)

/** What was scanned or received, letter by letter, until each has its number. It outlives a look elsewhere, not a sign-out. */
export const useStack = defineSessionStore('mailStack', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const app = useApp()
  /** As it was counted by hand; empty where nobody counted. */
  const counted = shallowRef('')
  /** Nothing is registered before somebody looked at the balance. */
  const balanceSeen = shallowRef(false)
  const sources = shallowRef<readonly Source[]>([])
  const letters = shallowRef<readonly StackLetter[]>([])
  const stops = shallowRef<readonly Stop[]>([])
  const selected = shallowRef<number>()
  const splitting = shallowRef<string>()
  /** Paper goes through the feeder: how many pages are there, and how to stop it. */
  const scanning = shallowRef<{ readonly pages: number; readonly stop: () => void }>()
  const scans = shallowRef(0)
  const busy = shallowRef(false)
  const fault = shallowRef<Fault>()
  /** Fields whose lack is said: somebody asked to register the letter. */
  const tried = shallowRef<number>()
  let next = 1

  const house = computed((): Correspondent => {
    const { office: name } = app.state ?? {}
    return name === undefined ? { name: '—' } : { name: name.fr, nameAr: name.ar }
  })
  const settings = computed(() => office.settings ?? { fields: {}, today: office.today })
  const stopOf = (letter: StackLetter): Stop | undefined =>
    stops.value.find((stop) => waitFor(stop, letters.value).some(({ id }) => id === letter.id))
  const states = computed(
    (): ReadonlyMap<number, StackState> =>
      new Map(letters.value.map((one) => [one.id, stateOf(one, stopOf(one) !== undefined, settings.value)])),
  )
  const current = computed(() => letters.value.find(({ id }) => id === selected.value))
  const typed = (letter: StackLetter) => tied(letterOf(letter.draft, office.today, house.value), letter)
  const put = (id: number, to: (one: StackLetter) => StackLetter): void => {
    letters.value = letters.value.map((one) => (one.id === id ? to(one) : one))
  }
  const shared = { sources, letters, stops, selected, fault, put, newId: () => next++ }
  const reading = useStackReading({ ...shared, typed })
  const register = useStackRegistering({ put, typed })
  const decisions = useStackDecisions({ ...shared, stopOf })
  watch([letters, selected], reading.goOn)
  onScopeDispose(
    bridge.on('stackPages', ({ pages }) => {
      if (scanning.value !== undefined) scanning.value = { ...scanning.value, pages }
    }),
  )
  onScopeDispose(() => scanning.value?.stop())

  const take = async (file: Received): Promise<void> => {
    const source: Source = { id: next++, name: file.name, bytes: file.bytes }
    const keepWhole = () => bridge.call('mail.addFile', { bytes: source.bytes })
    splitting.value = file.name
    const split = isStack(file) ? await bridge.call('mail.split', { bytes: source.bytes }) : undefined
    if (split?.ok === false) {
      fault.value = split.fault
      return
    }
    const { balance, documents = [], stops: found = [] } = split?.value ?? {}
    // A letter that came by itself is kept as it came: cut out, it would be another file.
    const alone = balance === undefined || (documents.length === 1 && balance.separators + balance.unreadable === 0)
    const whole = alone ? await keepWhole() : undefined
    if (whole?.ok === false) {
      fault.value = whole.fault
      return
    }
    const known = { ...source, ...(balance === undefined ? {} : { balance }) }
    const made =
      whole === undefined ? documents : [{ ...documents[0], pages: documents[0]?.pages ?? [], ...whole.value }]
    const taken = made.map((one) => letterFrom(one, { id: next++, source: known, whole: alone }))
    sources.value = [...sources.value, known]
    letters.value = [...letters.value, ...taken]
    stops.value = [...stops.value, ...found.map((stop) => ({ ...stop, source: source.id }))]
    balanceSeen.value = false
    if (current.value === undefined || current.value.registered !== undefined) selected.value = taken[0]?.id
  }
  /** The next letter that has no number yet, from the one at hand on. */
  const forward = (): void => {
    const at = letters.value.findIndex(({ id }) => id === selected.value)
    const round = [...letters.value.slice(at + 1), ...letters.value.slice(0, at + 1)]
    const open = round.find(({ registered }) => registered === undefined)
    if (open !== undefined) selected.value = open.id
  }
  const during = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (busy.value) return undefined
    busy.value = true
    try {
      return await work()
    } finally {
      busy.value = false
    }
  }
  return {
    counted,
    balanceSeen,
    sources,
    letters,
    stops,
    selected,
    splitting,
    scanning,
    busy,
    fault,
    tried,
    states,
    current,
    balance: computed(() => balanceOf(sources.value, letters.value, counted.value)),
    stop: computed(() => (current.value === undefined ? undefined : stopOf(current.value))),
    problems: computed(() => (current.value === undefined ? {} : problemsOf(current.value.draft, settings.value))),
    sure: computed(() => letters.value.filter(({ id }) => states.value.get(id) === 'sure').length),
    open: computed(() => letters.value.filter(({ registered }) => registered === undefined).length),
    /** Whether the letter at hand can be registered. */
    ready: computed(() => {
      const one = current.value
      return one !== undefined && isReady(one, stopOf(one) !== undefined, settings.value)
    }),
    /** Files are taken one after the other; each takes a third of a second a page. */
    add: async (files: readonly File[]): Promise<void> => {
      fault.value = undefined
      await during(async () => {
        for (const file of files)
          await take({ name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) })
        splitting.value = undefined
      })
    },
    /** What lies in the feeder; what came before it stopped is taken, and the stop is said. */
    scan: async (): Promise<void> => {
      if (busy.value) return
      fault.value = undefined
      await during(async () => {
        const stopped = new AbortController()
        scanning.value = {
          pages: 0,
          stop: () => {
            stopped.abort()
          },
        }
        const scanned = await bridge.call('mail.scanStack', {}, stopped.signal)
        scanning.value = undefined
        if (!scanned.ok) {
          fault.value = scanned.fault.code === 'call.cancelled' ? undefined : scanned.fault
          return
        }
        scans.value += 1
        await take({
          name: `scan-${office.today}-${String(scans.value)}.pdf`,
          type: 'application/pdf',
          bytes: scanned.value.pdf,
        })
        splitting.value = undefined
        fault.value ??= scanned.value.ended
      })
    },
    set: (to: Partial<EntryDraft>): void => {
      if (current.value !== undefined) put(current.value.id, (one) => withTyped(one, to))
    },
    /** Whether the letter at hand is added to the departure that its code names, or takes a number of its own. */
    join: (to: boolean): void => {
      if (current.value === undefined) return
      put(current.value.id, (one) => ({ ...one, fault: undefined, joins: to ? one.returned?.departure : undefined }))
    },
    /** The day that stands on the acknowledgement at hand, as it is typed. */
    sign: (signedOn: string): void => {
      if (current.value !== undefined) put(current.value.id, (one) => ({ ...one, signedOn, fault: undefined }))
    },
    accept: (field: ProposedField): void => {
      if (current.value === undefined) return
      put(current.value.id, (one) => {
        const mark = one.marks[field]
        return mark === undefined ? one : { ...one, marks: { ...one.marks, [field]: { ...mark, accepted: true } } }
      })
    },
    like: (): void => {
      if (current.value !== undefined) void reading.like(current.value)
    },
    forward,
    cut: () => during(decisions.cut),
    keep: () => during(decisions.keep),
    /** The number that the letter at hand was given. */
    registerOne: () =>
      during(async () => {
        await reading.settled()
        const one = current.value
        tried.value = one?.id
        if (one === undefined || !balanceSeen.value || !isReady(one, stopOf(one) !== undefined, settings.value))
          return undefined
        if (!(await register(one))) return undefined
        const number = current.value?.registered?.number
        forward()
        void office.load()
        return number
      }),
    /** How many were registered; a fault ends it at its letter. */
    registerSure: () =>
      during(async () => {
        let count = 0
        if (!balanceSeen.value) return count
        for (const { id } of letters.value) {
          const one = letters.value.find((each) => each.id === id)
          if (one === undefined || states.value.get(id) !== 'sure') continue
          if (!(await register(one))) {
            selected.value = id
            break
          }
          count += 1
        }
        if (current.value?.registered !== undefined) forward()
        void office.load()
        return count
      }),
    settle: reading.settle,
    findSenders: reading.findSenders,
    addSender: async (body: Correspondent): Promise<boolean> => {
      const result = await bridge.call('mail.addSender', body)
      fault.value = result.ok ? undefined : result.fault
      return result.ok
    },
    stamp: async (letter: StackLetter): Promise<Uint8Array | undefined> => {
      if (letter.registered === undefined) return undefined
      const { number } = letter.registered
      const result = await bridge.call('mail.stamp', { number, sha256: letter.sha256 })
      fault.value = result.ok ? undefined : result.fault
      return result.ok ? result.value.pdf : undefined
    },
    /** The stack is done with: the next one begins. */
    clear: (): void => {
      sources.value = []
      letters.value = []
      stops.value = []
      selected.value = undefined
      counted.value = ''
      balanceSeen.value = false
      fault.value = undefined
    },
  }
})
