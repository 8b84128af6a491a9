import type { LetterQuestion } from '#shared/contract/features/mail/views.ts'
import { fold } from '#shared/text/fold.ts'
import type { DemoLetter } from './demoLetters.ts'
import { isOwed } from './due/demoDue.ts'

/** The line of a register that a letter is. */
export const lineOf = ({
  letter: _l,
  files,
  routing: _r,
  events: _e,
  answers: _a,
  closed: _c,
  clock: _k,
  ...line
}: DemoLetter) => ({
  ...line,
  files: files.length,
})

/** Whether a question finds a letter. */
export const answers = (one: DemoLetter, question: LetterQuestion, today: string): boolean => {
  const { words, register, state, service, from, to, due } = question
  const text = fold(
    [
      one.number,
      one.sender.name,
      one.sender.nameAr,
      ...one.recipients.map(({ name }) => name),
      one.subject,
      one.reference,
      one.letter.theirReference,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  )
  return (
    (register === undefined || one.register === register) &&
    (state === undefined || one.state === state) &&
    (service === undefined || one.service === service) &&
    (from === undefined || one.receivedOn >= from) &&
    (to === undefined || one.receivedOn <= to) &&
    (due === undefined || isOwed(one, due, today)) &&
    fold(words)
      .split(/\s+/u)
      .every((word) => text.includes(word))
  )
}
