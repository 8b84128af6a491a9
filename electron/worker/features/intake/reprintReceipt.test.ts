import { expect, test } from 'vitest'
import type { ReceiptId } from '#shared/ids.ts'
import { anOrder } from '#tests/builders/deposits.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { unfinishedJobs } from '../../papers/rows/printJobs.ts'
import type { Store } from '../../store/open.ts'
import { issueReceipt } from './issueReceipt.ts'
import { reprintReceipt } from './reprintReceipt.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})

test('each duplicata is a job of the same paper with the next number, marked with who, when and why', () => {
  const order = anOrder()
  const { receiptId, number } = valueOf(issueReceipt(issuing, order))
  const again = (reason: string) => valueOf(reprintReceipt(issuing.context, order.who, { receiptId, reason }))
  expect([again('perdu'), again('illisible')]).toMatchObject([
    { paperId: receiptId, kind: 'receipt', number, copy: 1, medium: 'a5', state: 'queued' },
    { paperId: receiptId, number, copy: 2 },
  ])
  expect(unfinishedJobs(store.db).map((job) => [job.title, job.mark?.copy, job.mark?.by, job.mark?.reason])).toEqual([
    [number, undefined, undefined, undefined],
    [number, 1, 'AG-014', 'perdu'],
    [number, 2, 'AG-014', 'illisible'],
  ])
  expect(store.db.all(`SELECT subject FROM journal WHERE kind = 'receipt.reprinted'`)).toHaveLength(2)
})

test('of a receipt that is not there, or that was wiped, there is no duplicata and no line in the journal', () => {
  const order = anOrder()
  const { receiptId, requestId } = valueOf(issueReceipt(issuing, order))
  const asked = { receiptId: '00000000-0000-7000-9000-00000000000f' as ReceiptId, reason: 'perdu' }
  expect(reprintReceipt(issuing.context, order.who, asked)).toMatchObject({ fault: { code: 'receipt.unknown' } })
  store.upkeep((db) => {
    db.run(`UPDATE requests SET wiped_at = 'x' WHERE id = ?`, [requestId])
    db.run(`UPDATE papers SET facts = '{}', seal = '', wiped_at = 'x'`)
    return { ok: true, value: undefined }
  })
  expect(reprintReceipt(issuing.context, order.who, { receiptId, reason: 'perdu' })).toMatchObject({
    fault: { code: 'receipt.wiped' },
  })
  expect(store.db.all(`SELECT subject FROM journal WHERE kind = 'receipt.reprinted'`)).toEqual([])
})
