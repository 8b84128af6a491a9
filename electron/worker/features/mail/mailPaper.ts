import { levelOf } from '#shared/domain/mail/letter.ts'
import { usualMail } from '#shared/domain/mail/mailOffice.ts'
import { checkRoom } from '#shared/domain/papers/room.ts'
import type { Localised } from '#shared/domain/text.ts'
import type { RegisterNumber } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import { readOffice, type Context, type SignedIn } from '../../core/context.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { LetterRow } from './rows/letters.ts'

type Making = Pick<Issuing, 'context' | 'paper'>

/** Whether a paper that lies about says the number of a letter and nothing else. */
export const isSilent = (level: number): boolean => level >= levelOf('confidential')

/** Who wrote an arrival, who is written to by a departure. */
export const partyOf = ({ register, sender, recipients }: LetterRow['letter']): string =>
  register === 'departure' && recipients.length > 0 ? recipients.map(({ name }) => name).join(' · ') : sender.name

/** Whether what the office says of itself has its place on a paper. Fault: receipt.tooLong. */
export const checkOfficeRoom = (context: Context): Result<unknown> => {
  const { authority, name, mail } = readOffice(context.store)
  return checkRoom([authority, name, mail?.services])
}

/** Where, when and by whom a paper of the mail office was made. */
export const madeBy = (
  { counter, store }: Context,
  who: SignedIn,
  { at, utcOffsetMinutes }: { readonly at: string; readonly utcOffsetMinutes: number },
) => {
  const { authority, name } = readOffice(store)
  return { counter, at, utcOffsetMinutes, agent: who.code, authority, office: name }
}

/** What a service is called on paper: as the office lists it, else as it was typed. */
export const serviceOnPaper = ({ context, paper: { legible } }: Making, code: string): Localised => {
  const services = readOffice(context.store).mail?.services ?? usualMail.services
  return services.find((one) => one.code === code)?.name ?? { fr: legible(code), ar: legible(code) }
}

/** What a paper that lies about says of a letter. */
export const lineOnPaper = (
  { paper: { legible } }: Pick<Making, 'paper'>,
  { number, level, letter }: LetterRow,
): { number: RegisterNumber; confidential: boolean; party: string; subject: string } => ({
  number,
  confidential: isSilent(level),
  party: isSilent(level) ? '' : legible(partyOf(letter)),
  subject: isSilent(level) ? '' : legible(letter.subject),
})
