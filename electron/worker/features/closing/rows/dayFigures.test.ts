import fc from 'fast-check'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import type { CommandId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aDraft, anOrder, aSheet } from '#tests/builders/deposits.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { printed } from '#tests/builders/papers.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../../core/deposit/issuing.ts'
import { newestProcedure, saveProcedure } from '../../../core/rows/procedures.ts'
import { depositsDue } from '../../../core/rows/requests.ts'
import type { Store } from '../../../store/open.ts'
import { issueReceipt } from '../../intake/issueReceipt.ts'
import { readDayFigures } from './dayFigures.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const day = '2026-11-21'
const keep = (version: string, code = 'SPECIMEN'): void => {
  valueOf(
    store.tx((db) => {
      saveProcedure(db, aSheet({ code, version, title: { fr: `Titre ${version}`, ar: version } }))
      return ok(undefined)
    }),
  )
}

test('the closing names a sheet by its newest version: 2026.10 comes after 2026.9', () => {
  valueOf(issueReceipt(issuing, anOrder()))
  for (const version of ['2026.9', '2026.10', '2026.2']) keep(version)
  expect(readDayFigures(store.db, day, 0).procedures).toMatchObject([
    { code: 'SPECIMEN', issued: 1, title: { fr: 'Titre 2026.10' } },
  ])
})

test('of any versions the newest by number is found, in whatever order they came', () => {
  let sheet = 0
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(2_000), { minLength: 1, maxLength: 8 }), (versions) => {
      const code = `P${String((sheet += 1))}`
      for (const one of versions) keep(`2026.${String(one)}`, code)
      expect(newestProcedure(store.db, code)?.version).toBe(`2026.${String(Math.max(...versions))}`)
    }),
    { numRuns: 30 },
  )
  expect(newestProcedure(store.db, 'nobody')).toBeUndefined()
})

test('deposits that fall due on one day are in the order of their numbers, past a million too', () => {
  const order = () => anOrder({ commandId: v7() as CommandId, draft: aDraft() })
  const numbers = [0, 1].map(() => valueOf(issueReceipt(issuing, order())).number)
  valueOf(
    store.tx((db) =>
      ok([
        db.run(`UPDATE series SET last = 999999`),
        db.run(`UPDATE requests SET sequence = 999998, number = '2026/RAB03-G2/999998' WHERE number = ?`, [
          numbers[0] ?? '',
        ]),
      ]),
    ),
  )
  valueOf(issueReceipt(issuing, order()))
  const due = depositsDue(store.db, '2026-11-21', '2027-12-31', 9).map((one) => one.number.split('/').at(-1))
  expect(due).toEqual(['000002', '999998', '1000000'])
})

test('papers of every kind that have not come out are open', () => {
  valueOf(
    store.tx((db) => {
      printed(db, 'receipt', 1, '2026-11-21T09:00:00.000Z')
      printed(db, 'closing', 2, '2026-11-21T09:00:00.000Z')
      return ok(undefined)
    }),
  )
  expect(readDayFigures(store.db, day, 0).open.papers).toBe(2)
})
