import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf, type FaultCode } from '#shared/fault.ts'
import { ok } from '#shared/result.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Store } from './open.ts'
import { applyReadOnly, enterQuarantine, openNextSeries } from './quarantine.ts'
import { createReadOnlyReasons, type EndingReason } from './readOnlyReasons.ts'

const ending = ['register.quarantined', 'journal.contradicted', 'device.revoked', 'register.diskFailing'] as const

test('acts are taken exactly when every reason has ended, whatever the order; damage is told first and never ends', () => {
  const step = fc.oneof(
    fc.record({ add: fc.constantFrom<FaultCode>('register.corrupt', ...ending) }),
    fc.record({ end: fc.subarray<EndingReason>([...ending]) }),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const reasons = createReadOnlyReasons()
      const model = new Set<FaultCode>()
      for (const one of steps) {
        if ('add' in one) {
          reasons.add(faultOf(one.add))
          model.add(one.add)
        } else {
          reasons.end(one.end)
          for (const code of one.end) model.delete(code)
        }
        const first = reasons.first()?.code
        expect(first === undefined).toBe(model.size === 0)
        if (first !== undefined) expect(model.has(first)).toBe(true)
        if (model.has('register.corrupt')) expect(first).toBe('register.corrupt')
      }
    }),
  )
})

test('the first fault of a reason is the one that is told', () => {
  const reasons = createReadOnlyReasons()
  reasons.add(faultOf('register.corrupt', 'requests: row 3'))
  reasons.add(faultOf('register.corrupt', 'drafts: row 9'))
  expect(reasons.first()?.detail).toBe('requests: row 3')
})

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
})
afterEach(() => {
  store.close()
  folder.remove()
})

test('a damaged register stays barred after its quarantine ended by a new series, and after its device was approved again', () => {
  store.setReadOnly(faultOf('register.corrupt', 'a bad page'))
  valueOf(enterQuarantine(store, { by: 'platform', held: 1, known: 2 }))
  valueOf(store.upkeep((db) => ok(openNextSeries(db))))
  applyReadOnly(store)
  expect(store.readOnlyReason()).toMatchObject({ code: 'register.corrupt', detail: 'a bad page' })
  expect(store.tx(() => ok(undefined))).toMatchObject({ fault: { code: 'register.corrupt' } })
})

test('a quarantine ends by a new series alone', () => {
  valueOf(enterQuarantine(store, { by: 'mark', held: 1, known: 2 }))
  applyReadOnly(store)
  expect(store.readOnlyReason()?.code).toBe('register.quarantined')
  valueOf(store.upkeep((db) => ok(openNextSeries(db))))
  applyReadOnly(store)
  expect(store.readOnlyReason()).toBeUndefined()
})
