import type { LetterView } from '#shared/contract/features/mail/views.ts'
import { letterDraft, seriesOf, type LetterRegister, type TypedLetter } from '#shared/domain/mail/letter.ts'
import { clockOfLetter } from '#shared/domain/mail/letterClock.ts'
import { registerLetters, registerNumber, type RegisterNumber } from '#shared/ids.ts'
import { demoId } from '../../core/bridge/demo/ids.ts'
import { demoBodies, demoEarlier, type Told } from './demoEarlier.ts'
import { demoToday } from './demoToday.ts'

/** What the demonstration keeps of a letter besides what is shown. */
export type DemoLetter = LetterView
const uuidOf = (n: number): string => `0000000a-0000-7000-8000-${String(n).padStart(12, '0')}`
export const demoLetterNumber = (register: LetterRegister, year: number, n: number): RegisterNumber =>
  registerNumber.parse(`${String(year)}/RAB03-M1/${registerLetters[seriesOf[register]]}-${String(n).padStart(6, '0')}`)
export const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/** A draft as it stands once it was registered. */
export function demoRegistered(
  draft: TypedLetter,
  as: { readonly n: number; readonly at: string; readonly number: RegisterNumber; readonly today: string },
): DemoLetter {
  const letter = letterDraft.parse(draft)
  const { register, receivedOn, sender, recipients, subject, kind, urgency, confidentiality } = letter
  const clock = clockOfLetter(letter, new Set())
  return {
    id: uuidOf(as.n),
    number: as.number,
    register,
    receivedOn,
    registeredAt: as.at,
    late: receivedOn < as.today,
    sender,
    recipients,
    subject,
    kind,
    urgency,
    confidentiality,
    ...(letter.reference === undefined ? {} : { reference: letter.reference }),
    ...(letter.letterDate === undefined ? {} : { letterDate: letter.letterDate }),
    ...(letter.service === undefined ? {} : { service: letter.service }),
    ...(clock === undefined ? {} : { clock, by: clock.lastDay }),
    state: 'registered',
    letter,
    files: [],
    events: [{ at: as.at, agent: 'BO-007', what: 'registered' }],
    answers: [],
    closed: false,
  }
}

/** The morning of a mail office: about forty letters, oldest first. */
export function demoMorning(now: Date): DemoLetter[] {
  const today = now.toISOString().slice(0, 10)
  const next = { arrival: 101, departure: 868, internal: 31 }
  return [...demoEarlier, ...demoToday].map((one, index): DemoLetter => {
    const register = one.in ?? 'arrival'
    const day = dayBefore(today, one.ago ?? 0)
    const at = `${day}T${one.at}:00.000Z`
    const body = typeof one.from === 'string' ? demoBodies[one.from] : one.from
    const number = demoLetterNumber(register, Number(day.slice(0, 4)), next[register])
    next[register] += 1
    const draft: TypedLetter = {
      register,
      receivedOn: day,
      mode: 'post',
      sender: register === 'departure' ? { name: 'Commune de Rabat', nameAr: 'جماعة الرباط' } : body,
      ...(register === 'departure' ? { recipients: [body] } : {}),
      subject: one.subject,
      kind: 'letter',
      letterDate: dayBefore(day, 2),
      ...one.more,
    }
    const letter = demoRegistered(draft, { n: index + 1, at, number, today: day })
    return standing(letter, one, today)
  })
}

/** What became of a letter since. */
function standing(letter: DemoLetter, one: Told, today: string): DemoLetter {
  const { service } = letter.letter
  const state = one.state ?? 'registered'
  const later = (minutes: number): string => new Date(Date.parse(letter.registeredAt) + minutes * 60_000).toISOString()
  const by = one.by === undefined ? undefined : dayBefore(today, -one.by)
  const routed = service !== undefined && state !== 'registered' && state !== 'cancelled'
  const away = routed && (state === 'handedOver' || state === 'answered')
  // What came today by post was scanned; a sealed envelope was not opened.
  const scanned = letter.register === 'arrival' && one.ago === undefined && !letter.letter.sealed
  return {
    ...letter,
    ...(scanned
      ? { files: [{ sha256: demoId.sha(1), name: 'lettre.pdf', mime: 'application/pdf', size: 48_213 }] }
      : {}),
    state,
    ...(by === undefined ? {} : { by }),
    ...(routed
      ? {
          routing: {
            to: service,
            copies: one.instruction === undefined ? [] : ['SG'],
            ...(by === undefined ? {} : { by }),
            ...(one.instruction === undefined ? {} : { instruction: one.instruction }),
          },
        }
      : {}),
    ...(away ? { holder: { service, since: later(70) } } : {}),
    ...(state === 'answered' ? { answers: [demoLetterNumber('departure', Number(today.slice(0, 4)), 868)] } : {}),
    closed: (one.ago ?? 0) > 3,
    events: [
      ...letter.events,
      ...(routed
        ? [
            {
              at: later(40),
              agent: 'SV-003',
              what: 'routed' as const,
              about: service,
              ...(one.instruction === undefined ? {} : { text: one.instruction }),
              ...(by === undefined ? {} : { by }),
            },
          ]
        : []),
      ...(away
        ? [{ at: later(70), agent: 'BO-007', what: 'handedOver' as const, about: service, text: String(one.slip ?? 1) }]
        : []),
      ...(away && (one.ago ?? 0) > 3
        ? [{ at: later(95), agent: 'Khadija Alaoui', what: 'received' as const, about: service }]
        : []),
      ...(state === 'answered'
        ? [{ at: later(4000), agent: 'BO-007', what: 'answered' as const, about: 'D-000868' }]
        : []),
      ...(one.cancelled === undefined
        ? []
        : [{ at: later(2), agent: 'BO-007', what: 'cancelled' as const, text: one.cancelled }]),
    ],
  }
}
