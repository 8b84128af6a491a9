import fc from 'fast-check'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { registerPaper } from '#shared/contract/features/mail/paperFacts.ts'
import { s10CheckDigit } from '#shared/domain/mail/s10.ts'
import type { CommandId, RegisterNumber } from '#shared/ids.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import { addReceived } from '../../core/addFile.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { auditJournal } from '../../journal/audit.ts'
import type { Store } from '../../store/open.ts'
import { acknowledge, knownPosted, type Acknowledgement } from './acknowledge.ts'
import { cancelLetter } from './changeLetter.ts'
import { closeMail } from './closeMail.ts'
import { registerLetter } from './registerLetter.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const clerk = aPerson()
const item = 'RR473124829MA'
const sent = (over: Parameters<typeof aLetterOf>[0] = {}) => {
  const letter = aLetterOf({ register: 'departure', mode: 'registered', postalNumber: 'rr 473 124 829 ma', ...over })
  return valueOf(registerLetter(issuing.context, clerk, letter)).letter
}
const scan = () => {
  const { sha256 } = valueOf(addReceived(issuing.context, clerk, new TextEncoder().encode('accusé')))
  return { sha256, name: 'accusé.pdf' }
}
const back = (number: RegisterNumber, over: Partial<Acknowledgement> = {}) => {
  const order = { commandId: v7() as CommandId, number, on: '2026-11-21', confidentiality: 'none' } as const
  return acknowledge(issuing.context, clerk, { ...order, ...over })
}
const known = (code: string, who = clerk) => knownPosted(issuing.context, who, code)
const broken = () => {
  const walk = auditJournal(store.db, issuing.context.counter)
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value.broken
  }
}
const closed = (day: string) => {
  const { closingId } = valueOf(closeMail(issuing, clerk, { commandId: v7() as CommandId, period: day }))
  const row = store.db.get<{ facts: string }>('SELECT facts FROM papers WHERE id = ?', [closingId])
  return registerPaper.parse(JSON.parse(row?.facts ?? ''))
}

test('an acknowledgement that comes back stands beside its departure, of a closed day too, once', () => {
  const { number } = sent({ receivedOn: '2026-11-20' })
  closed('2026-11-20')
  expect(known(item)).toEqual({ is: 'sent', departure: number })
  const order = { commandId: v7() as CommandId, on: '2026-11-20', file: scan() }
  const view = valueOf(back(number, order))
  expect(view).toMatchObject({ acknowledgedOn: '2026-11-20', files: [{ name: 'accusé.pdf' }] })
  expect(view.events.map(({ what }) => what)).toEqual(['registered', 'scanAdded', 'acknowledged'])
  expect(valueOf(back(number, order))).toEqual(view)
  expect(back(number)).toMatchObject({ fault: { code: 'letter.acknowledged' } })
  expect(known(item)).toEqual({ is: 'sent', departure: number, acknowledgedOn: '2026-11-20' })
  const [act] = store.db.all<{ type: string }>('SELECT type FROM outbox ORDER BY seq DESC LIMIT 1')
  expect(act).toEqual({ type: 'ma.guichet.mail.acknowledged.v1' })
  expect(closed('2026-11-21').changes).toEqual([
    { number, what: 'scanAdded', text: '' },
    { number, what: 'acknowledged', text: '2026-11-20' },
  ])
  expect(broken()).toBeUndefined()
})

test('a day before it left or to come, an arrival, a cancelled line and a sheet of a higher level are refused', () => {
  const { number } = sent()
  const arrival = sent({ register: 'arrival' })
  expect(back(number, { on: '2026-11-20' })).toMatchObject({
    fault: { code: 'letter.beforeSent', values: { day: '2026-11-21' } },
  })
  expect(back(number, { on: '2026-11-22' })).toMatchObject({ fault: { code: 'letter.toCome' } })
  expect(back(arrival.number)).toMatchObject({ fault: { code: 'letter.unknown' } })
  const higher = { file: scan(), confidentiality: 'secret' } as const
  expect(back(number, higher)).toMatchObject({ fault: { code: 'letter.levelBelow' } })
  const gone = { sha256: 'f'.repeat(64) as ReturnType<typeof scan>['sha256'], name: 'a.pdf' }
  expect(back(number, { file: gone })).toMatchObject({ fault: { code: 'attachment.unknown' } })
  valueOf(cancelLetter(issuing.context, clerk, { commandId: v7() as CommandId, number, reason: 'erreur' }))
  expect(back(number)).toMatchObject({ fault: { code: 'letter.cancelled' } })
  expect(known(item)).toEqual({ is: 'unknown' })
})

test('of two letters in one envelope the one that waits is meant; of one that is not for all nothing is told', () => {
  const [first, second] = [sent(), sent({ subject: 'Annexe' })]
  expect(known(item)).toEqual({ is: 'sent', departure: second.number })
  valueOf(back(second.number))
  expect(known(item)).toEqual({ is: 'sent', departure: first.number })
  sent({ postalNumber: 'RR123456785MA', confidentiality: 'secret' })
  expect(known('RR123456785MA', aPerson('agent'))).toEqual({ is: 'hidden' })
})

test('a number is known by itself alone: a wrong check digit, a part of one, another one are nobody’s', () => {
  const { number } = sent()
  const serial = fc.integer({ min: 0, max: 99_999_999 }).map((one) => String(one).padStart(8, '0'))
  fc.assert(
    fc.property(serial, fc.integer({ min: 0, max: 9 }), (digits, check) => {
      const code = `RR${digits}${String(check)}MA`
      const right = check === s10CheckDigit(digits) && code === item
      expect(known(code)).toEqual(right ? { is: 'sent', departure: number } : { is: 'unknown' })
    }),
  )
  for (const code of [item.slice(0, 12), `${item}1`, 'RR473124828MA', '473124829', '"', item.replace('RR', 'CP')])
    expect(known(code)).toEqual({ is: 'unknown' })
  expect(known(' rr 473 124 829 ma ')).toMatchObject({ is: 'sent' })
})
