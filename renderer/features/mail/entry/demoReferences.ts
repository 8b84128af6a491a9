import type { Calls } from '#shared/contract/calls.ts'
import type { ReferenceView } from '#shared/contract/features/mail/views.ts'
import { referenceText } from '#shared/domain/mail/ownReference.ts'
import type { CounterId, RegisterNumber } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { demoLetterNumber } from '../demoLetters.ts'

/** References of a mail office in the middle of its morning: one letter is being signed. */
export function demoReferences(now: Date, departureOf: (text: string) => RegisterNumber | undefined, empty: boolean) {
  const year = now.getUTCFullYear()
  const text = (service: string, rank: number): string =>
    referenceText({ service, year, counter: 'RAB03-M1' as CounterId, rank, series: 1 })
  const at = now.toISOString()
  /** The reference before the one that is open left with this departure. */
  const sent = demoLetterNumber('departure', year, 868)
  let given: ReferenceView[] = empty ? [] : [{ text: text('URB', 41), service: 'URB', agent: 'BO-007', at }]
  const ranks = new Map([['URB', empty ? 0 : 41]])
  return {
    'mail.giveReference': ({ service, inReplyTo }) => {
      const rank = (ranks.get(service) ?? 0) + 1
      ranks.set(service, rank)
      const one = { text: text(service, rank), service, agent: 'BO-007', at: new Date().toISOString() }
      given = [{ ...one, ...(inReplyTo === undefined ? {} : { inReplyTo }) }, ...given]
      return ok(given[0] ?? one)
    },
    'mail.references': () => ok({ references: given.filter((one) => departureOf(one.text) === undefined) }),
    'mail.dropReference': (asked) => {
      given = given.filter((one) => one.text !== asked.text)
      return ok({})
    },
    'mail.models': () => ok({ models: ['Lettre-FR', 'Lettre-AR'] }),
    'mail.fillModel': ({ model }) => ok({ bytes: new Uint8Array([80, 75, 5, 6]), name: `${model}.docx` }),
    'mail.reference': (asked) => {
      const reference = given.find((one) => one.text === asked.text)
      const departure = departureOf(asked.text) ?? (empty || asked.text !== text('URB', 40) ? undefined : sent)
      if (departure !== undefined) return ok({ is: 'sent', departure })
      return ok(reference === undefined ? { is: 'unknown' } : { is: 'open', reference })
    },
  } satisfies Partial<Handlers<Calls>>
}
