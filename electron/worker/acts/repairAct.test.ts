import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acts, actOfType } from '#shared/contract/acts.ts'
import type { RepairKind } from '#shared/contract/act.ts'
import { command } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { aSupervisor, testPassword, withPeople } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../core/deposit/issuing.ts'
import { decideTogether } from '../features/corrections/decideTogether.ts'
import { issueReceipt } from '../features/intake/issueReceipt.ts'
import type { Store } from '../store/open.ts'
import { repairAct } from './repairAct.ts'
import { actOfNumber } from './rows/repairs.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
beforeEach(async () => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  issuing = issuingOver(store)
  await withPeople(store, {
    supervisor: ['CS-002', 'supervisor'],
    other: ['AG-015', 'agent'],
    clerk: ['BO-001', 'mailClerk'],
  })
})
afterEach(() => {
  store.close()
  folder.remove()
})

const deposit = (): CommandId => {
  const order = anOrder()
  valueOf(issueReceipt(issuing, order))
  return order.commandId
}
const answer = (id: CommandId, state: 'applied' | 'rejected'): void => {
  valueOf(store.tx((db) => ok(db.run('UPDATE outbox SET state = ?, answered_at = ? WHERE id = ?', [state, 'x', id]))))
}
const repair = (act: string, kind: RepairKind = 'corrected', commandId = v7() as CommandId, reason = 'spécimen') =>
  repairAct(issuing.context, aSupervisor, { order: { commandId, act, reason }, kind, show: ok }, () =>
    ok(kind === 'corrected' ? { data: { note: 'corrigé' } } : { witness: 'AG-015' }),
  )
const sentAs = (id: string) =>
  command.parse(
    JSON.parse(
      store.db.get<{ envelope: string }>('SELECT envelope FROM outbox JOIN envelopes USING (seq) WHERE id = ?', [id])
        ?.envelope ?? '{}',
    ),
  )

test('a repair is an act that names the one it puts right, under its number, and says it whole', () => {
  const id = deposit()
  answer(id, 'rejected')
  const by = v7() as CommandId
  expect(repair(id, 'corrected', by)).toEqual(ok(id))
  const [before, made] = [sentAs(id), sentAs(by)]
  expect(made).toMatchObject({ type: acts.requestCorrected.type, seq: 2, prevhash: before.sha256 })
  expect(made.data).toMatchObject({
    number: before.data['number'],
    act: { seq: 1, id },
    agent: 'CS-002',
    note: 'corrigé',
  })
  expect(made.data['journal']).not.toEqual(before.data['journal'])
  expect(actOfType(made.type)?.act.data.safeParse(made.data).success).toBe(true)
  expect(store.db.all('SELECT command_id, act_id, kind, witness FROM repairs')).toEqual([
    { command_id: by, act_id: id, kind: 'corrected', witness: null },
  ])
  // Both bear the number; the number leads to the first.
  expect(actOfNumber(store.db, before.data['number'] as never)).toEqual({ id })
})

test('the same id is one repair; another reason, act or kind under it is refused', () => {
  const [one, other] = [deposit(), deposit()]
  answer(one, 'rejected')
  answer(other, 'rejected')
  const by = v7() as CommandId
  const first = repair(one, 'corrected', by)
  expect(repair(one, 'corrected', by)).toEqual(first)
  for (const again of [
    repair(one, 'corrected', by, 'autre raison'),
    repair(other, 'corrected', by),
    repair(one, 'overridden', by),
  ])
    expect(again).toMatchObject({ fault: { code: 'command.reused' } })
  expect(store.db.all('SELECT 1 FROM repairs')).toHaveLength(1)
})

test('only what was refused is corrected or overridden, and once; any number is cancelled once', () => {
  const id = deposit()
  expect(repair(id)).toMatchObject({ fault: { code: 'correction.notNeeded' } })
  answer(id, 'applied')
  expect(repair(id, 'overridden')).toMatchObject({ fault: { code: 'correction.notNeeded' } })
  const by = v7() as CommandId
  valueOf(repair(id, 'cancelled', by))
  expect(repair(id, 'cancelled')).toMatchObject({ fault: { code: 'correction.waiting' } })
  answer(by, 'applied')
  expect(repair(id, 'cancelled')).toMatchObject({ fault: { code: 'correction.notNeeded' } })
  expect(repair(by, 'cancelled')).toMatchObject({ fault: { code: 'correction.notNeeded' } })
})

test('an act that is not there, or of which nothing is known here, is not put right', () => {
  expect(repair(v7())).toMatchObject({ fault: { code: 'act.unknown' } })
  const lost = v7()
  store.tx((db) => {
    db.run(
      `INSERT INTO outbox (seq, id, type, sha256, created_at, state) VALUES (1, ?, 'ma.guichet.act.lost.v1', ?, 'x', 'applied')`,
      [lost, '0'.repeat(64)],
    )
    db.run(`INSERT INTO envelopes (seq, envelope) VALUES (1, '{}')`)
    return ok(undefined)
  })
  expect(repair(lost, 'cancelled')).toMatchObject({ fault: { code: 'act.unknown', detail: 'lost' } })
})

test('what is decided against leaves nothing', () => {
  const id = deposit()
  answer(id, 'rejected')
  const order = { commandId: v7() as CommandId, act: id, reason: 'spécimen' }
  const refused = repairAct(issuing.context, aSupervisor, { order, kind: 'corrected', show: ok }, () =>
    err(faultOf('request.invalid')),
  )
  expect(refused).toMatchObject({ fault: { code: 'request.invalid' } })
  expect(store.db.all('SELECT 1 FROM repairs')).toEqual([])
  expect(store.db.all("SELECT 1 FROM journal WHERE kind = 'request.corrected'")).toEqual([])
})

test('two people cancel a number: both are in the act, in the journal and in the repair', async () => {
  const id = deposit()
  const decide = (login: string, commandId = v7() as CommandId) =>
    decideTogether(issuing.context, aSupervisor, 'cancelled', {
      commandId,
      act: id,
      reason: 'spécimen',
      second: { login, password: testPassword },
    })
  expect(await decide('supervisor')).toMatchObject({ fault: { code: 'witness.samePerson' } })
  expect(await decide('clerk')).toMatchObject({ fault: { code: 'witness.notAllowed' } })
  const by = v7() as CommandId
  const shown = valueOf(await decide('other', by))
  expect(shown.repairs).toMatchObject([{ kind: 'cancelled', agent: 'CS-002', witness: 'AG-015' }])
  expect(valueOf(await decide('other', by)).repairs).toHaveLength(1)
  expect(await decide('nobody', by)).toMatchObject({ fault: { code: 'command.reused' } })
  expect(sentAs(by).data).toMatchObject({ agent: 'CS-002', witness: 'AG-015' })
  expect(store.db.get<{ body: string }>("SELECT body FROM journal WHERE kind = 'request.cancelled'")?.body).toContain(
    '"witness":"AG-015"',
  )
})
