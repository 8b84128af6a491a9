import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutboxItemView } from '#shared/contract/features/sync/calls.ts'
import { demoOutbox } from '../../core/bridge/demo/acts.ts'
import { countOf, filters, firstFilter, kindOfType, shown } from './outbox.ts'

const states = fc.constantFrom('pending', 'sending', 'applied', 'rejected', 'conflict')
const items = fc.array(states, { maxLength: 40 }).map((all) => {
  const [one] = demoOutbox(new Date('2026-11-21T10:00:00Z'), 1, 0, false)
  return one === undefined ? [] : all.map((state, index): OutboxItemView => ({ ...one, state, seq: index + 1 }))
})

describe('the acts on screen', () => {
  it('are each under exactly one filter, and all under «all»', () => {
    fc.assert(
      fc.property(items, (all) => {
        expect(countOf(all, 'open') + countOf(all, 'trouble') + countOf(all, 'done')).toBe(all.length)
        expect(countOf(all, 'all')).toBe(all.length)
        for (const filter of filters) expect(shown(all, filter)).toHaveLength(countOf(all, filter))
      }),
    )
  })

  it('wait in the order of sending', () => {
    fc.assert(
      fc.property(items, (all) => {
        const order = shown(all, 'open').map((item) => item.seq)
        expect(order).toEqual([...order].sort((one, other) => one - other))
      }),
    )
  })

  it('begin where there is something to do', () => {
    const all = demoOutbox(new Date(), 6, 2, true)
    expect(firstFilter(all)).toBe('trouble')
    expect(firstFilter(all.filter((item) => item.state !== 'rejected' && item.state !== 'conflict'))).toBe('open')
    expect(firstFilter([])).toBe('done')
  })

  it('have words, or stand as they came from a newer version', () => {
    expect(kindOfType('ma.guichet.request.deposited.v1')).toBe('request.deposited')
    expect(kindOfType('ma.guichet.file.shredded.v9')).toBe('ma.guichet.file.shredded.v9')
  })
})
