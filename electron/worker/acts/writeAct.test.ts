import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { command } from '#shared/contract/platform.ts'
import type { CommandId, ReceiptId, RegisterNumber, RequestId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Context } from '../core/context.ts'
import { writeAct } from './writeAct.ts'

let folder: ReturnType<typeof temporaryFolder>
let context: Context
beforeEach(() => {
  folder = temporaryFolder()
  ;({ context } = issuingOver(openTestStore(folder.path)))
})
afterEach(() => {
  context.store.close()
  folder.remove()
})

const number = '2026/RAB03-G2/000001' as RegisterNumber
const sha = 'ab'.repeat(32)
const deposit = (over: object = {}) => {
  const id = v7() as CommandId
  const data = {
    requestId: v7() as RequestId,
    receiptId: v7() as ReceiptId,
    number,
    procedure: { code: 'SPECIMEN', version: '2026.1' },
    complete: true,
    ...over,
  }
  const written = valueOf(
    context.store.tx((db) =>
      ok(
        writeAct(context, db, {
          act: acts.requestDeposited,
          id,
          actor: 'AG-014',
          moment: context.journal.moment(),
          subject: data.requestId,
          body: { number },
          data: (link) => ({ ...data, receipt: { journal: link.hash } }),
        }),
      ),
    ),
  )
  return { id, data, written }
}

test('one link and one item that name each other, with what the registry reads off the data', () => {
  valueOf(
    context.store.tx((db) => {
      db.run(`INSERT INTO files (sha256, size, added_at) VALUES (?, 3, '2026-11-21T09:00:00.000Z')`, [sha])
      db.run(
        `INSERT INTO attachments (sha256, mime, added_at) VALUES (?, 'application/pdf', '2026-11-21T09:00:00.000Z')`,
        [sha],
      )
      return ok(undefined)
    }),
  )
  const { id, data, written } = deposit({
    note: undefined,
    attachments: [{ sha256: sha, mime: 'application/pdf', size: 3 }],
  })
  const { db } = context.store
  expect(db.all('SELECT seq, hash, kind, subject, actor FROM journal')).toEqual([
    {
      seq: written.link.seq,
      hash: written.link.hash,
      kind: 'request.deposited',
      subject: data.requestId,
      actor: 'AG-014',
    },
  ])
  expect(db.all('SELECT seq, id, type, number, request_id, asked FROM outbox')).toEqual([
    { seq: 1, id, type: acts.requestDeposited.type, number, request_id: data.requestId, asked: null },
  ])
  expect(db.all('SELECT seq, sha256 FROM act_files')).toEqual([{ seq: 1, sha256: sha }])
  const text = db.get<{ envelope: string }>('SELECT envelope FROM envelopes')?.envelope ?? ''
  const sent = command.parse(JSON.parse(text))
  // As it would be had it been written whole: the text is put together by hand.
  expect(JSON.stringify(sent)).toBe(text)
  expect(sent).toMatchObject({
    dataschema: 'urn:guichet:schema:request.deposited:1',
    data: { journal: { seq: written.link.seq, hash: written.link.hash }, receipt: { journal: written.link.hash } },
  })
  expect(Object.keys(sent.data)).not.toContain('note')
})

test('the next act follows the one before it', () => {
  const [one, other] = [deposit(), deposit()]
  const sent = context.store.db
    .all<{ envelope: string }>('SELECT envelope FROM envelopes ORDER BY seq')
    .map(({ envelope }) => command.parse(JSON.parse(envelope)))
  expect(sent.map(({ id, seq }) => [id, seq])).toEqual([
    [one.id, 1],
    [other.id, 2],
  ])
  expect(sent[1]?.prevhash).toBe(sent[0]?.sha256)
})
