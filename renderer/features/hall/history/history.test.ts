import { expect, it } from 'vitest'
import { demoHistory } from '../demoHistory.ts'
import { barsOf, csvOf, firstOf, ticksOf } from './history.ts'

const days = demoHistory('2026-11-02', '2026-11-13')

it('counts days with the last one among them', () => {
  expect(firstOf('2026-11-30', 7)).toBe('2026-11-24')
  expect(firstOf('2026-03-01', 30)).toBe('2026-01-31')
})

it('writes a line a day and service, as spreadsheets read it', () => {
  const lines = csvOf(days).split('\r\n')
  expect(lines[0]).toBe('\uFEFFday;service;issued;served;missed;left;waitMedian;waitP90;serviceMedian;serviceP90')
  expect(lines).toHaveLength(days.length + 2)
  expect(lines[1]?.startsWith('2026-11-02;A;')).toBe(true)
})

it('draws no bar higher than the drawing, and none below half of what nine of ten waited', () => {
  const bars = barsOf(
    days.filter(({ service }) => service === 'C'),
    640,
    200,
  )
  expect(bars).toHaveLength(10)
  expect(Math.max(...bars.map(({ p90 }) => p90))).toBe(200)
  for (const { median, p90, x, width } of bars) {
    expect(median).toBeLessThanOrEqual(p90)
    expect(x + width).toBeLessThanOrEqual(640)
  }
  expect(barsOf([], 640, 200)).toEqual([])
  expect(ticksOf(days).length).toBeLessThanOrEqual(4)
})
