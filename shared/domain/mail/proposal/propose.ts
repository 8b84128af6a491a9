import { isSound } from '../../../text/incoming.ts'
import { proposeDate } from './date.ts'
import { linesOf, scriptOf } from './letter.ts'
import type { LetterNote, Proposals } from './reading.ts'
import { proposeReference } from './reference.ts'
import { proposeSender } from './sender.ts'
import { proposeSubject } from './subject.ts'

/** What the head of an e-mail says by itself. */
export interface MailHead {
  readonly sender?: string
  /** ISO day on which it was sent, where it says so. */
  readonly sentOn?: string
  readonly subject?: string
}

/**
 * Reads sender, reference, date and subject out of the text of a letter.
 * @param received ISO day that it came in
 * @param sure how well the text itself was read, 0 to 1
 */
export function proposeFrom(
  text: string,
  received: string,
  sure = 1,
): { readonly proposals: Proposals; readonly notes: readonly LetterNote[] } {
  const lines = linesOf(text)
  const script = scriptOf(text)
  const { date, notes } = proposeDate(lines, received)
  const found = {
    sender: proposeSender(lines, script),
    reference: proposeReference(lines),
    date,
    subject: proposeSubject(lines, script),
  }
  // What was badly read is less sure, but a form that fits is still some proof.
  const weight = 0.5 + 0.5 * sure
  const proposals = Object.fromEntries(
    Object.entries(found).flatMap(([field, one]) =>
      one === undefined
        ? []
        : [[field, { value: one.value, confidence: Math.round(one.confidence * weight * 100) / 100 }]],
    ),
  )
  return { proposals, notes }
}

/**
 * The same for an e-mail: what its head says wins over what its text may mean; a reference is only in the text.
 * @param text of its body
 */
export function proposeFromMail(
  head: MailHead,
  text: string,
  received: string,
): { readonly proposals: Proposals; readonly notes: readonly LetterNote[] } {
  const { proposals, notes } = proposeFrom(text, received)
  const sent = head.sentOn === undefined ? undefined : proposeFrom(`Date : ${head.sentOn}`, received)
  const subject = withoutMarks(readable(head.subject))
  const sender = readable(head.sender)
  const sentOn = sent?.proposals.date
  return {
    proposals: {
      ...proposals,
      ...(sender === '' ? {} : { sender: { value: sender, confidence: 0.9 } }),
      ...(sentOn === undefined ? {} : { date: sentOn }),
      ...(subject === '' ? {} : { subject: { value: subject, confidence: 0.92 } }),
    },
    notes: sent === undefined ? notes : sent.notes,
  }
}

/** A field of a head, or nothing where its bytes could not be read: no register keeps such signs. */
const readable = (field = ''): string => (isSound(field) ? field : '')

/** The marks of answers and forwards say nothing of the subject. */
const withoutMarks = (subject: string): string =>
  subject.replace(/^(?:\s*(?:re|fwd?|tr|rép|réf|aw|رد|إعادة توجيه)\s*(?:\[\d+\])?\s*:)+/iu, '').trim()
