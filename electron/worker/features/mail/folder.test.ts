import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { PaperOrder } from '#shared/contract/papers.ts'
import type { CommandId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { routeLetter } from './changeLetter.ts'
import { folderPdf } from './folder.ts'
import { registerLetter } from './registerLetter.ts'

let issuing: Issuing
issuingForEach((own) => {
  issuing = own.issuing
})
const chief = aPerson('supervisor')
const entered = (over: Parameters<typeof aLetterOf>[0]) =>
  valueOf(registerLetter(issuing.context, aPerson(), aLetterOf(over))).letter.number
/** What the press is asked to draw. */
const asked = async (who = chief): Promise<Extract<PaperOrder, { kind: 'mailFolder' }>['facts']> => {
  let order: PaperOrder | undefined
  const make = (wanted: PaperOrder) => {
    order = wanted
    return Promise.resolve(ok({ pdf: new Uint8Array([1]), template: '' }))
  }
  valueOf(await folderPdf(issuing, { make }, who))
  if (order?.kind !== 'mailFolder') throw new Error('no folder')
  return order.facts
}

test('holds what nobody was charged with yet, those without a service first, in the order in which they came', async () => {
  const [first, second] = [entered({ subject: 'un', urgency: 'urgent' }), entered({ subject: 'deux', service: 'URB' })]
  const third = entered({ subject: 'trois' })
  entered({ register: 'departure' })
  const routed = entered({ subject: 'imputé' })
  const command = { commandId: v7() as CommandId, number: routed, routing: { to: 'RH', copies: [] } }
  valueOf(routeLetter(issuing.context, chief, command))
  const { services, agent } = await asked()
  expect(services.map(({ service, lines }) => [service?.fr, lines.map(({ number }) => number)])).toEqual([
    [undefined, [first, third]],
    ['Urbanisme', [second]],
  ])
  expect(services[0]?.lines[0]).toMatchObject({ subject: 'un', urgency: 'urgent' })
  expect(agent).toBe(chief.code)
})

test('says of a confidential letter its number alone, and nothing of one above the level', async () => {
  const said = 'zanzibar'
  const number = entered({ subject: said, sender: { name: said }, confidentiality: 'confidential' })
  const facts = await asked()
  expect(facts.services[0]?.lines[0]).toMatchObject({ number, confidential: true })
  expect(JSON.stringify(facts)).not.toContain(said)
  expect((await asked(aPerson('agent'))).services).toEqual([])
})
