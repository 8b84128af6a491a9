import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BoardView } from '#shared/contract/features/hall/views.ts'
import { createAnnouncer } from './announcer.ts'
import { layOut, newCalls, newest, partsOf } from './calls.ts'
import { fragmentsOf } from './fragments.ts'

const call = (ticket: string, counter: string, minute: number, times = 1) => ({
  ticket,
  counter,
  calledAt: `2026-11-30T10:${String(minute).padStart(2, '0')}:00.000Z`,
  times,
})
const board = (epoch: number, calls: BoardView['calls'], day = '2026-11-30'): BoardView => ({
  role: 'member',
  epoch,
  open: true,
  day,
  calls,
  services: [],
  paper: 'none',
})

describe('what a wall shows', () => {
  const shown = board(7, [call('A001', '3', 10)])

  it('takes what is newer, and nothing of an older epoch of this day', () => {
    expect(newest(undefined, shown)).toBe(shown)
    const later = board(7, [call('A002', '4', 11), ...shown.calls])
    expect(newest(shown, later)).toBe(later)
    expect(newest(shown, board(6, [call('A009', '1', 12)]))).toBe(shown)
    const taken = board(8, [])
    expect(newest(shown, taken)).toBe(taken)
  })

  it('begins a new day with whatever epoch, and does not go back to the one before', () => {
    const morning = board(1, [], '2026-12-01')
    expect(newest(shown, morning)).toBe(morning)
    expect(newest(morning, shown)).toBe(morning)
  })

  it('never shows an epoch lower than one that it has shown in a day', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ epoch: fc.nat(9), day: fc.nat(2) }), { maxLength: 30 }), (told) => {
        let at: BoardView | undefined
        for (const { epoch, day } of told) {
          const before = at
          at = newest(at, board(epoch, [], `2026-12-0${String(day + 1)}`))
          if (before !== undefined && before.day === at.day) expect(at.epoch).toBeGreaterThanOrEqual(before.epoch)
          if (before?.day !== undefined && at.day !== undefined) expect(at.day >= before.day).toBe(true)
        }
      }),
    )
  })

  it('has the last call large and three before it; a recall that is the last one takes that place', () => {
    const calls = [
      call('C018', '7', 9, 3),
      call('B047', '1', 5),
      call('A040', '4', 8),
      call('D009', '6', 7),
      call('E1', '2', 1),
    ]
    const { large, earlier } = layOut(board(1, calls))
    expect(large?.ticket).toBe('C018')
    expect(earlier.map(({ ticket }) => ticket)).toEqual(['A040', 'D009', 'B047'])
    expect(layOut(board(1, []))).toEqual({ earlier: [] })
  })

  it('parts a number, that of an island too', () => {
    expect(partsOf('C022')).toEqual({ letter: 'C', figure: '022' })
    expect(partsOf('S2-AB1003')).toEqual({ letter: 'S2-AB', figure: '1003' })
  })
})

describe('what is called out', () => {
  it('is what came, in its order; after a start nothing, and a recall again', () => {
    const first = board(1, [call('A001', '3', 10)])
    expect(newCalls(undefined, first)).toEqual([])
    const second = board(1, [call('A003', '5', 12), call('A002', '4', 11), ...first.calls])
    expect(newCalls(first, second).map(({ ticket }) => ticket)).toEqual(['A002', 'A003'])
    expect(newCalls(second, second)).toEqual([])
    const recalled = board(1, [call('A002', '4', 13, 2), call('A003', '5', 12), ...first.calls])
    expect(newCalls(second, recalled)).toEqual([call('A002', '4', 13, 2)])
  })

  it('is never said over something else, and nothing is left out, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pause: fc.nat(3), fails: fc.boolean() }), { maxLength: 12 }),
        async (said) => {
          let speaking = 0
          const order: number[] = []
          const done = Promise.withResolvers<undefined>()
          const { add } = createAnnouncer(async (at: number) => {
            expect((speaking += 1)).toBe(1)
            order.push(at)
            await new Promise((resolve) => setTimeout(resolve, 0))
            speaking -= 1
            if (order.length === said.length) done.resolve(undefined)
            if (said[at]?.fails === true) throw new Error('no loudspeaker')
          })
          for (const [at, { pause }] of said.entries()) {
            if (pause > 1) await new Promise((resolve) => setTimeout(resolve, pause))
            add(at)
          }
          if (said.length > 0) await done.promise
          expect(order).toEqual(said.map((_, at) => at))
        },
      ),
      // A whole morning of a large hall at once, too.
      { numRuns: 30, examples: [[Array.from({ length: 400 }, (_, at) => ({ pause: 0, fails: at % 7 === 0 }))]] },
    )
  })

  it.each([
    ['C022', '3', 'number c 22 counter 3', 'number c 2 and 20 counter 3'],
    ['A122', '12', 'number a 100 22 counter 12', 'number a 100 and 2 and 20 counter 12'],
    ['B200', '20', 'number b 200 counter 20', 'number b 200 counter 20'],
    ['B007', '7', 'number b 7 counter 7', 'number b 7 counter 7'],
    ['A1203', '1', 'number a 1 2 0 3 counter 1', 'number a 1 2 0 3 counter 1'],
    ['S2-A015', 'RAB03-G2', 'number s 2 a 15 counter r a b 3 g 2', 'number s 2 a 15 counter r a b 3 g 2'],
    ['A000', '1', 'number a 0 counter 1', 'number a 0 counter 1'],
  ])('%s at %s, from recordings', (ticket, counter, french, arabic) => {
    expect(fragmentsOf(call(ticket, counter, 1), 'fr').join(' ')).toBe(french)
    expect(fragmentsOf(call(ticket, counter, 1), 'ar').join(' ')).toBe(arabic)
  })
})
