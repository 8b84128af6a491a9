import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { newStation, readersOf, replay, step, type Effect, type Station, type StationInput } from './station.ts'

const simulated = (): boolean => false
const slot = (now: 'empty' | 'card' | 'mute' | 'exclusive', reader = 'A'): StationInput => ({
  kind: 'slot',
  reader,
  slot: now,
})
const failed = (
  reading: number,
  code: 'card.busy' | 'card.removed' | 'card.mute' | 'card.malformed',
): StationInput => ({ kind: 'ended', reader: 'A', reading, result: err(faultOf(code)) })

/** Effects as short words: what is told, read and cancelled, in order. */
const words = (effects: readonly Effect[]): string[] =>
  effects.map((effect) =>
    effect.do === 'tell'
      ? effect.event.state === 'failed'
        ? effect.event.fault.code
        : effect.event.state
      : `${effect.do} ${String(effect.reading)}`,
  )

function run(...inputs: readonly StationInput[]): { station: Station; said: string[] } {
  let station = newStation
  const said: string[] = []
  for (const input of inputs) {
    const next = step(station, input, simulated)
    station = next.station
    said.push(...words(next.effects))
  }
  return { station, said }
}

describe('the readers of a counter', () => {
  it('tell that there is none only after the first look', () => {
    expect(run({ kind: 'service', up: true }).said).toEqual([])
    expect(run({ kind: 'service', up: true }, { kind: 'settled' }).said).toEqual(['noReader'])
    expect(run({ kind: 'watched' }, slot('empty'), { kind: 'settled' }).said).toEqual(['empty'])
    expect(run(slot('empty'), { kind: 'settled' }, { kind: 'gone', reader: 'A' }).said).toEqual(['empty', 'noReader'])
  })

  it('read a card by themselves as soon as somebody watches', () => {
    expect(run({ kind: 'watched' }, slot('card')).said).toEqual(['reading', 'read 1'])
    expect(run(slot('card')).said).toEqual([])
    expect(run(slot('card'), { kind: 'watched' }).said).toEqual(['reading', 'read 1'])
    expect(run(slot('card'), { kind: 'again', reader: 'A' }).said).toEqual(['reading', 'read 1'])
  })

  it('cancel the reading of a card that leaves, and hear nothing more of it', () => {
    expect(run({ kind: 'watched' }, slot('card'), slot('empty'), failed(1, 'card.removed')).said).toEqual([
      'reading',
      'read 1',
      'cancel 1',
      'card.removed',
      'removed',
    ])
  })

  it('tell the next card from the last one', () => {
    const { said } = run(
      { kind: 'watched' },
      slot('card'),
      slot('empty'),
      slot('card'),
      failed(1, 'card.malformed'),
      failed(2, 'card.malformed'),
    )
    expect(said.slice(5)).toEqual(['reading', 'read 2', 'card.malformed'])
  })

  it('do not read a card twice, nor try a broken one for ever', () => {
    for (const code of ['card.malformed', 'card.mute', 'card.busy'] as const) {
      expect(
        run({ kind: 'watched' }, slot('card'), slot('card'), failed(1, code), slot('card'), slot('card')).said,
      ).toEqual(['reading', 'read 1', code])
    }
  })

  it('try again when the other program lets go, the card wakes up, or it was pushed back in', () => {
    expect(run({ kind: 'watched' }, slot('exclusive'), slot('card')).said).toEqual(['card.busy', 'reading', 'read 1'])
    expect(run({ kind: 'watched' }, slot('mute'), slot('card')).said).toEqual(['card.mute', 'reading', 'read 1'])
    expect(
      run({ kind: 'watched' }, slot('card'), slot('exclusive'), failed(1, 'card.busy'), slot('card')).said,
    ).toEqual(['reading', 'read 1', 'card.busy', 'reading', 'read 2'])
    expect(run({ kind: 'watched' }, slot('card'), failed(1, 'card.removed'), slot('card')).said).toEqual([
      'reading',
      'read 1',
      'card.removed',
      'reading',
      'read 2',
    ])
  })

  it('are gone with the service and come back with it', () => {
    const { station, said } = run(
      { kind: 'watched' },
      slot('card'),
      { kind: 'service', up: false },
      { kind: 'service', up: false },
    )
    expect(said).toEqual(['reading', 'read 1', 'cancel 1', 'noService'])
    expect(replay(station)).toEqual([{ state: 'noService' }])
    expect(
      words(step(step(station, { kind: 'service', up: true }, simulated).station, slot('card'), simulated).effects),
    ).toEqual(['reading', 'read 2'])
  })

  it('keep nothing of a card that left', () => {
    const { station } = run({ kind: 'watched' }, slot('card'), failed(1, 'card.malformed'), slot('empty'))
    expect(replay(station)).toEqual([{ state: 'empty', reader: 'A', simulated: false }])
    expect(readersOf(station, simulated)).toEqual([{ reader: 'A', simulated: false, card: false }])
  })

  it('never have two readings of one reader going on, whatever happens', () => {
    const input = fc.oneof(
      fc
        .constantFrom<StationInput[]>([
          { kind: 'service', up: true },
          { kind: 'service', up: false },
          { kind: 'settled' },
          { kind: 'watched' },
        ])
        .chain((all) => fc.constantFrom(...all)),
      fc.record({
        kind: fc.constant('slot' as const),
        reader: fc.constantFrom('A', 'B'),
        slot: fc.constantFrom('empty' as const, 'card' as const, 'mute' as const, 'exclusive' as const),
      }),
      fc.record({ kind: fc.constantFrom('gone' as const, 'again' as const), reader: fc.constantFrom('A', 'B') }),
      fc.record({
        kind: fc.constant('ended' as const),
        reader: fc.constantFrom('A', 'B'),
        reading: fc.integer({ min: 1, max: 20 }),
        result: fc.constant(err(faultOf('card.busy'))),
      }),
    )
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        let station = newStation
        const open = new Map<string, number>()
        for (const one of inputs) {
          const before = station
          const next = step(station, one, simulated)
          station = next.station
          if (
            one.kind === 'ended' &&
            before.readers.get(one.reader)?.phase === 'reading' &&
            open.get(one.reader) === one.reading
          )
            open.delete(one.reader)
          for (const effect of next.effects) {
            if (effect.do === 'cancel')
              for (const [reader, reading] of open) if (reading === effect.reading) open.delete(reader)
            if (effect.do === 'read') {
              expect(open.has(effect.reader)).toBe(false)
              open.set(effect.reader, effect.reading)
            }
          }
          expect(
            [...station.readers]
              .filter(([, { phase }]) => phase === 'reading')
              .map(([reader]) => reader)
              .sort(),
          ).toEqual([...open.keys()].sort())
        }
      }),
    )
  })
})
