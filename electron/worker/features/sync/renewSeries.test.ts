import { afterEach, beforeEach, expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { command } from '#shared/contract/platform.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { aSupervisor } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { RollbackGuard } from '../../journal/rollbackGuard.ts'
import type { Outbox } from '../../outbox/ports.ts'
import type { Store } from '../../store/open.ts'
import { enterQuarantine } from '../../store/quarantine.ts'
import { issueReceipt } from '../intake/issueReceipt.ts'
import { renewSeries } from './renewSeries.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let issuing: Issuing
let now: Date
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  now = new Date('2026-11-21T09:00:00Z')
  issuing = issuingOver(store, { now: () => now, monotonic: () => 0 })
})
afterEach(() => {
  store.close()
  folder.remove()
})

const around = (over: { marked?: boolean; drained?: string } = {}) => {
  const restarted: number[] = []
  const rollbackGuard: RollbackGuard = {
    lost: { seq: 9, hash: 'ab'.repeat(32), series: 1 },
    raise: () => undefined,
    restart: ({ seq }) => {
      restarted.push(seq)
      return over.marked === false ? err(faultOf('register.readOnly')) : ok(undefined)
    },
  }
  const outbox = {
    status: () => ({ link: over.drained === undefined ? 'notConfigured' : 'offline' }),
    drain: () => Promise.resolve({ fault: faultOf('platform.unreachable') }),
  } as unknown as Outbox // only these two are asked
  return { restarted, parts: { rollbackGuard, outbox } }
}
const renew = (parts: ReturnType<typeof around>['parts'], who = aSupervisor) =>
  renewSeries(issuing.context, who, { reason: 'copie restaurée' }, parts)
const enter = (): void => {
  valueOf(issueReceipt(issuing, anOrder()))
  valueOf(enterQuarantine(store, { by: 'mark', held: 1, known: 9 }))
  expect(issueReceipt(issuing, anOrder())).toMatchObject({ fault: { code: 'register.quarantined' } })
}
const closings = () =>
  store.db
    .all<{ envelope: string }>('SELECT envelope FROM outbox JOIN envelopes USING (seq) WHERE type = ?', [
      acts.seriesClosed.type,
    ])
    .map(({ envelope }) => command.parse(JSON.parse(envelope)))

test('the way out of quarantine is an act: numbers go on in the next series, the mark begins anew', async () => {
  enter()
  const { restarted, parts } = around()
  expect(await renew(parts)).toEqual(ok({ series: 2 }))
  const [act] = closings()
  expect(acts.seriesClosed.data.parse(act?.data)).toMatchObject({ closed: 1, opened: 2, agent: 'CS-002' })
  expect(act?.data).toMatchObject({ by: 'mark', held: 1, known: 9 })
  expect(store.db.get("SELECT seq, body ->> 'lostSeq' AS lost FROM journal WHERE kind = 'series.closed'")).toEqual({
    seq: restarted[0],
    lost: 9,
  })
  expect(valueOf(issueReceipt(issuing, anOrder())).number).toBe('2026/RAB03-G2/000002-S2')
})

test('a register that is sound answers its series, and nothing is written', async () => {
  enter()
  valueOf(await renew(around().parts))
  expect(await renew(around().parts)).toEqual(ok({ series: 2 }))
  expect(closings()).toHaveLength(1)
})

test('a platform that cannot be asked, and a mark that cannot be written, leave acts refused', async () => {
  enter()
  expect(await renew(around({ drained: 'no' }).parts)).toMatchObject({ fault: { code: 'platform.unreachable' } })
  expect(closings()).toEqual([])
  expect(await renew(around({ marked: false }).parts)).toMatchObject({ fault: { code: 'register.readOnly' } })
  expect(issueReceipt(issuing, anOrder())).toMatchObject({ ok: false })
})

test('the clock that stands back is on this act too', async () => {
  enter()
  now = new Date(now.getTime() - 3 * 3_600_000)
  expect(await renew(around().parts, anOrder().who)).toMatchObject({ fault: { code: 'clock.behind' } })
  valueOf(await renew(around().parts))
  expect(closings()[0]?.data['clockBackMs']).toBe(3 * 3_600_000)
})
