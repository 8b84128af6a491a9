import { z } from 'zod'
import { wallTime } from '../clock/officeTime.ts'
import { noun, paperTemplate, phrase, phrases } from '../papers/template.ts'
import { countOf, datum, filled, formatDay, isolated, type Bilingual } from '../receipt/receiptText.ts'
import { localised } from '../text.ts'
import { roundedWait } from './roundedWait.ts'
import { ticketName } from './ticket.ts'

const name = z.strictObject({ fr: z.string().min(1).max(200), ar: z.string().min(1).max(200) })

/** What stands on the paper of a ticket: nobody's name, and no reason for a priority. */
export const ticketFacts = z.strictObject({
  ticket: ticketName,
  office: name,
  service: localised.exactOptional(),
  /** The time of the appointment that was checked in: HH:MM. */
  appointment: z.string().max(5).exactOptional(),
  /** How many are called before, and for how many minutes where it was measured. */
  before: z.int().nonnegative().exactOptional(),
  minutes: z.int().nonnegative().exactOptional(),
  /** UTC instant of the issue. */
  at: z.iso.datetime(),
  /** Legal time in force then, in minutes ahead of UTC. */
  utcOffsetMinutes: z.int().min(-840).max(840),
})
export type TicketFacts = z.infer<typeof ticketFacts>

/** The wording of a ticket (`ticketPaper.json`). */
export const ticketTemplate = paperTemplate({
  ...phrases('title', 'nobody', 'keep'),
  appointment: phrase('time'),
  before: phrase('count'),
  wait: phrase('minutes'),
  minute: noun,
})
export type TicketWords = z.infer<typeof ticketTemplate>['words']

/** A ticket in words, from its head to its foot. */
export interface TicketDocument {
  readonly title: string
  readonly office: Bilingual
  readonly service?: Bilingual
  readonly number: string
  /** Appointment, people before, minutes: those that are known. */
  readonly lines: readonly Bilingual[]
  readonly moment: string
  readonly keep: Bilingual
}

/** Facts and wording as the words of one ticket. */
export function ticketDocument(facts: TicketFacts, words: TicketWords): TicketDocument {
  const { ticket, office, service, appointment, before, minutes = 0 } = facts
  const { day, time } = wallTime(new Date(facts.at), facts.utcOffsetMinutes)
  const wait = countOf(roundedWait(minutes), words.minute)
  const lines = [
    ...(appointment === undefined ? [] : [filled(words.appointment, () => ({ time: datum(appointment) }))]),
    // Who has an appointment is called by its time, whoever sits there before.
    ...(before === undefined || appointment !== undefined
      ? []
      : [before === 0 ? words.nobody : filled(words.before, () => ({ count: datum(String(before)) }))]),
    ...(minutes === 0 || appointment !== undefined ? [] : [filled(words.wait, (side) => ({ minutes: wait[side] }))]),
  ]
  return {
    title: words.title.fr,
    office: { fr: isolated(office.fr), ar: isolated(office.ar) },
    ...(service === undefined ? {} : { service: { fr: isolated(service.fr), ar: isolated(service.ar) } }),
    number: datum(ticket),
    lines,
    moment: `${datum(formatDay(day))}  ${datum(time)}`,
    keep: words.keep,
  }
}
