import type { Calls } from '#shared/contract/calls.ts'
import type { LetterView, MailClosingView, SlipView } from '#shared/contract/features/mail/views.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { confidentialities, letterRegisters, levelOf } from '#shared/domain/mail/letter.ts'
import type { SavedSearch } from '#shared/domain/mail/savedSearch.ts'
import { usualPlan } from '#shared/domain/mail/archive/classPlan.ts'
import { clearanceOf, usualMail } from '#shared/domain/mail/mailOffice.ts'
import { faultOf } from '#shared/fault.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { fold } from '#shared/text/fold.ts'
import type { Demo } from '../../core/bridge/demo/index.ts'
import { demoId } from '../../core/bridge/demo/ids.ts'
import { demoArchive } from './archive/demoArchive.ts'
import { closingOf, closingView, registerCount, slipsOf } from './demoClosings.ts'
import { demoBodies, demoOld } from './demoEarlier.ts'
import { dayBefore, demoLetterNumber, demoMorning, demoRegistered, type DemoLetter } from './demoLetters.ts'
import { demoDigital } from './entry/demoDigital.ts'
import { demoReferences } from './entry/demoReferences.ts'
import { demoStack } from './stack/demoStack.ts'
import { demoTables } from './demoTables.ts'
import { answers, lineOf } from './demoSearch.ts'
import { countDue, demoBaskets, demoReminded } from './due/demoDue.ts'

/** A mail office in the middle of its morning; a counter of an empty day has an empty one. */
export const demo: Demo = (state) => {
  const now = new Date()
  const today = now.toISOString().slice(0, 10)
  let letters: DemoLetter[] = state.mail === 'empty' ? [] : demoMorning(now)
  let slips: SlipView[] = state.mail === 'empty' ? [] : slipsOf(letters)
  let closings: MailClosingView[] = state.mail === 'empty' ? [] : [4, 6, 7].map((ago) => closingOf(letters, today, ago))
  const bodies = new Map<string, { name: string; nameAr?: string }>(
    Object.values(demoBodies).map((one) => [one.name, one]),
  )
  const level = (): number => clearanceOf(undefined, state.session?.roles ?? [])
  const seen = (): DemoLetter[] => letters.filter((one) => levelOf(one.confidentiality) <= level())
  let searches: SavedSearch[] = []
  let reminders = 0
  const digital = demoDigital(today, state.mail === 'digital', level)
  const broken = state.mail === 'broken'
  const countOf = (day: string) =>
    letterRegisters.map((register) => registerCount(level() < 3 ? seen() : letters, register, day))
  const at = (number: RegisterNumber): DemoLetter | undefined => seen().find((one) => one.number === number)
  const change = (number: RegisterNumber, to: (one: DemoLetter) => DemoLetter): Result<LetterView> => {
    const known = at(number)
    if (known === undefined) return err(faultOf('letter.unknown'))
    if (known.state === 'cancelled') return err(faultOf('letter.cancelled'))
    const changed = to(known)
    letters = letters.map((one) => (one.number === number ? changed : one))
    return ok(changed)
  }
  const instant = (): string => new Date().toISOString()
  const event = (what: LetterView['events'][number]['what'], more: Partial<LetterView['events'][number]> = {}) => ({
    at: instant(),
    agent: 'BO-007',
    what,
    ...more,
  })
  const like = (draft: { sender: { name: string }; reference?: string | undefined; subject: string }): DemoLetter[] =>
    seen().filter(
      (one) =>
        one.state !== 'cancelled' &&
        fold(one.sender.name) === fold(draft.sender.name) &&
        ((draft.reference !== undefined && one.reference === draft.reference) ||
          fold(one.subject) === fold(draft.subject)),
    )
  return {
    ...demoReferences(
      now,
      (text) => letters.find((one) => one.reference === text && one.state !== 'cancelled')?.number,
      state.mail === 'empty',
    ),
    ...demoArchive({ empty: state.mail === 'empty', broken }),
    ...demoStack,
    ...demoTables,
    'mail.settings': () =>
      ok({
        today,
        services: [...usualMail.services],
        kinds: [...usualMail.kinds],
        instructions: [...usualMail.instructions],
        fields: {},
        plan: [...usualPlan],
        searches,
        clearance: confidentialities[level()] ?? 'none',
      }),
    'mail.overview': ({ day = today }) => {
      if (broken) return err(faultOf('internal'))
      const closing = closings.find((one) => one.period === day)
      const mine = seen()
      return ok({
        today,
        registers: countOf(day),
        late: mine.filter((one) => one.late).length,
        unrouted: mine.filter((one) => one.state === 'registered' && one.register === 'arrival').length,
        due: countDue(mine, today),
        digital: digital.waiting(),
        open: [...new Set(letters.map((one) => one.receivedOn))]
          .filter((one) => one < today && one >= dayBefore(today, 3) && !closings.some(({ period }) => period === one))
          .sort(),
        ...(closing === undefined ? {} : { closing }),
      })
    },
    'mail.baskets': () => (broken ? err(faultOf('internal')) : ok({ services: demoBaskets(seen(), today) })),
    'mail.search': (question) => {
      if (broken) return err(faultOf('internal'))
      const found = seen()
        .filter((one) => answers(one, question, today))
        .reverse()
      return ok({
        total: Math.min(found.length, question.countTo),
        lines: found.slice(question.skip, question.skip + question.limit).map(lineOf),
        old: question.words.includes('2019') ? demoOld : [],
      })
    },
    'mail.keepSearches': ({ searches: now }) => {
      searches = now
      return ok({})
    },
    'mail.show': ({ number }) => {
      const known = at(number)
      return known === undefined ? err(faultOf('letter.unknown')) : ok(known)
    },
    'mail.senders': ({ words, limit }) => {
      const wanted = fold(words)
      const all = [...bodies.values()].map((one) => ({ ...one, known: true, letters: lettersOf(letters, one.name) }))
      const wrote = seen()
        .map((one) => one.sender)
        .filter(
          (one, index, list) => list.findIndex(({ name }) => name === one.name) === index && !bodies.has(one.name),
        )
        .map((one) => ({ ...one, known: false, letters: lettersOf(letters, one.name) }))
      const fits = (name: string): boolean => fold(name).startsWith(wanted) || fold(name).includes(` ${wanted}`)
      return ok({
        senders: [...all, ...wrote]
          .filter((one) => wanted !== '' && (fits(one.name) || fits(one.nameAr ?? '')))
          .slice(0, limit),
      })
    },
    'mail.addSender': (body) => {
      bodies.set(body.name, { name: body.name, ...(body.nameAr === undefined ? {} : { nameAr: body.nameAr }) })
      return ok({})
    },
    'mail.digital': digital.list,
    'mail.like': ({ letter }) => ok({ lines: like(letter).slice(-5).map(lineOf) }),
    'mail.addFile': ({ bytes }) =>
      bytes.byteLength === 0
        ? err(faultOf('attachment.unreadable'))
        : ok({ sha256: demoId.sha(bytes.byteLength), mime: 'application/pdf', size: bytes.byteLength }),
    'mail.readFiles': () => ok({}),
    'mail.register': ({ letter, files }) => {
      if (letter.receivedOn > today || (letter.letterDate ?? '') > today) return err(faultOf('letter.toCome'))
      if (closings.some(({ period }) => period === letter.receivedOn))
        return err(faultOf('letter.dayClosed', undefined, { day: letter.receivedOn }))
      const ended = digital.end(letter.digitalNumber)
      if (!ended.ok) return ended
      const duplicates = like(letter).map(({ number }) => number)
      const { register } = letter
      const rank = 1 + Math.max(0, ...letters.filter((one) => one.register === register).map(rankOf))
      const number = demoLetterNumber(register, Number(today.slice(0, 4)), rank)
      const made = demoRegistered(letter, { n: letters.length + 1, at: instant(), number, today })
      const view = { ...made, files: files.map((one) => ({ ...one, mime: 'application/pdf', size: 1 })) }
      letters = [...letters.map((one) => (one.number === letter.inReplyTo ? answered(one, view) : one)), view]
      return ok({ letter: view, duplicates })
    },
    'mail.file': ({ number }) => (at(number) === undefined ? err(faultOf('letter.unknown')) : ok(demoFile)),
    'mail.cancel': ({ number, reason }) =>
      change(number, (one) => ({
        ...one,
        state: 'cancelled',
        events: [...one.events, event('cancelled', { text: reason })],
      })),
    'mail.route': ({ number, routing }) =>
      change(number, (one) => ({
        ...one,
        routing,
        service: routing.to,
        ...(routing.by === undefined ? {} : { by: routing.by }),
        state: one.state === 'registered' ? 'routed' : one.state,
        events: [
          ...one.events,
          event('routed', {
            about: routing.to,
            ...(routing.instruction === undefined ? {} : { text: routing.instruction }),
          }),
        ],
      })),
    'mail.addScan': ({ number, file }) =>
      change(number, (one) => ({
        ...one,
        files: [...one.files, { ...file, mime: 'application/pdf', size: 1 }],
        events: [...one.events, event('scanAdded', { text: file.name })],
      })),
    'mail.posted': ({ code }) => {
      const found = seen().find((one) => one.register === 'departure' && one.letter.postalNumber === code)
      if (found === undefined) return ok({ is: 'unknown' })
      const { number: departure, acknowledgedOn } = found
      return ok({ is: 'sent', departure, ...(acknowledgedOn === undefined ? {} : { acknowledgedOn }) })
    },
    'mail.acknowledge': ({ number, on, file }) =>
      change(number, (one) => ({
        ...one,
        acknowledgedOn: on,
        files: file === undefined ? one.files : [...one.files, { ...file, mime: 'application/pdf', size: 1 }],
        events: [...one.events, event('acknowledged', { by: on })],
      })),
    'mail.folderPdf': () => ok({ pdf: new Uint8Array([37, 80, 68, 70]), letters: 0 }),
    'mail.postList': ({ day }) => {
      const items = seen().filter((one) => one.receivedOn === day && isPosted(one)).length
      return items === 0
        ? err(faultOf('letter.nonePosted', undefined, { day }))
        : ok({ pdf: new Uint8Array([37, 80, 68, 70]), items, unnumbered: 0 })
    },
    'mail.remind': ({ service, numbers }) => {
      reminders += 1
      const done = { at: instant(), rank: reminders, service }
      for (const number of numbers) {
        const reminded = change(number, (one) => demoReminded(one, done))
        if (!reminded.ok) return reminded
      }
      return ok({ ...done, reminderId: demoId.draft(800 + reminders), agent: 'BO-007', letters: numbers })
    },
    'mail.handOver': ({ numbers, service }) => {
      const rank = 1 + Math.max(0, ...slips.map((one) => one.rank))
      for (const number of numbers) {
        const moved = change(number, (one) => ({
          ...one,
          state: 'handedOver',
          holder: { service, since: instant() },
          events: [...one.events, event('handedOver', { about: service, text: String(rank) })],
        }))
        if (!moved.ok) return moved
      }
      const slip: SlipView = {
        slipId: demoId.draft(rank),
        rank,
        service,
        at: instant(),
        agent: 'BO-007',
        letters: numbers,
      }
      slips = [slip, ...slips]
      return ok(slip)
    },
    'mail.slips': ({ open }) => ok({ slips: slips.filter((one) => !open || one.received === undefined) }),
    'mail.slipReceived': ({ slipId, by }) => {
      const known = slips.find((one) => one.slipId === slipId)
      if (known === undefined) return err(faultOf('slip.unknown'))
      const received = { ...known, received: { by, at: instant() } }
      slips = slips.map((one) => (one.slipId === slipId ? received : one))
      return ok(received)
    },
    'mail.takeBack': ({ number }) =>
      at(number)?.holder === undefined
        ? err(faultOf('letter.notAway'))
        : change(number, ({ holder: _, ...one }) => ({
            ...one,
            state: 'routed',
            events: [...one.events, event('returned')],
          })),
    'mail.closings': () => ok({ closings }),
    'mail.close': ({ day, year }) => {
      const period = day ?? String(year ?? '')
      if (closings.some((one) => one.period === period))
        return err(faultOf('letter.dayClosed', undefined, { day: period }))
      const made = closingView(letters, period, closings.length + 1)
      closings = [made, ...closings]
      letters = letters.map((one) => (one.receivedOn.startsWith(period) ? { ...one, closed: true } : one))
      return ok(made)
    },
    'mail.closingPdf': () => ok({ pdf: new Uint8Array([37, 80, 68, 70]), sha256: demoId.sha(9) }),
  } satisfies Partial<Handlers<Calls>>
}

const isPosted = ({ register, state, letter }: DemoLetter): boolean =>
  register === 'departure' && state !== 'cancelled' && letter.mode === 'registered'
const answered = (one: DemoLetter, { number, registeredAt }: DemoLetter): DemoLetter => ({
  ...one,
  state: 'answered',
  answers: [...one.answers, number],
  events: [...one.events, { at: registeredAt, agent: 'BO-007', what: 'answered', about: number }],
})
const demoFile = { bytes: new Uint8Array([37, 80, 68, 70]), name: 'lettre.pdf', mime: 'application/pdf' }
const rankOf = (one: DemoLetter): number => Number(/(\d+)$/u.exec(one.number)?.[1] ?? 0)
const lettersOf = (all: readonly DemoLetter[], name: string): number =>
  all.filter((one) => one.sender.name === name).length
