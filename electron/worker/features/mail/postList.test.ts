import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { PaperOrder } from '#shared/contract/papers.ts'
import type { CommandId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { cancelLetter } from './changeLetter.ts'
import { postList } from './postList.ts'
import { registerLetter } from './registerLetter.ts'

let issuing: Issuing
issuingForEach((own) => {
  issuing = own.issuing
})
const clerk = aPerson()
const sent = (over: Parameters<typeof aLetterOf>[0] = {}) => {
  const letter = aLetterOf({ register: 'departure', mode: 'registered', recipients: [{ name: 'Cadastre' }], ...over })
  return valueOf(registerLetter(issuing.context, clerk, letter)).letter.number
}
/** What is answered, and what the press is asked to draw. */
const listed = async (who = clerk, day = '2026-11-21') => {
  let order: PaperOrder | undefined
  const make = (wanted: PaperOrder) => {
    order = wanted
    return Promise.resolve(ok({ pdf: new Uint8Array([1]), template: '' }))
  }
  const answer = await postList(issuing, { make }, who, day)
  return { answer, lines: order?.kind === 'mailPostList' ? order.facts.lines : undefined }
}

test('the registered post of one day, each item once in its order, and those without a number that holds are counted', async () => {
  const first = sent({ postalNumber: 'RR473124829MA' })
  sent({ mode: 'post' })
  sent({ register: 'arrival', postalNumber: 'RR473124829GB' })
  sent({ receivedOn: '2026-11-20' })
  const gone = sent()
  valueOf(cancelLetter(issuing.context, clerk, { commandId: v7() as CommandId, number: gone, reason: 'non posté' }))
  const [second, third] = [sent({ postalNumber: 'RR473124820MA' }), sent({ recipients: [{ name: 'Wilaya' }] })]
  const { answer, lines } = await listed()
  expect(lines?.map(({ number, postalNumber, party }) => [number, postalNumber, party])).toEqual([
    [first, 'RR473124829MA', 'Cadastre'],
    [second, 'RR473124820MA', 'Cadastre'],
    [third, '', 'Wilaya'],
  ])
  expect(valueOf(answer)).toMatchObject({ items: 3, unnumbered: 2 })
  expect((await listed(clerk, '2026-11-19')).answer).toMatchObject({
    fault: { code: 'letter.nonePosted', values: { day: '2026-11-19' } },
  })
})

test('it says of a confidential letter its numbers alone, and nothing of one above the level', async () => {
  const said = 'zanzibar'
  const number = sent({ recipients: [{ name: said }], confidentiality: 'confidential', postalNumber: 'RR473124829MA' })
  const { lines } = await listed()
  expect(lines).toEqual([{ number, confidential: true, party: '', postalNumber: 'RR473124829MA' }])
  expect((await listed(aPerson('agent'))).answer).toMatchObject({ fault: { code: 'letter.nonePosted' } })
})
