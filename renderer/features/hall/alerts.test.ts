import { describe, expect, it } from 'vitest'
import type { HallView } from '#shared/contract/features/hall/views.ts'
import { demoHall } from './demoHall.ts'
import { alertsOf, spareVoters, toneOf } from './alerts.ts'

const now = new Date('2026-11-30T10:42:00Z')
const kinds = (view: HallView): readonly string[] => alertsOf(view, now).map(({ kind }) => kind)

describe('what is wrong in a hall', () => {
  it('comes the worst first, each with what helps', () => {
    const alerts = alertsOf(demoHall(now, 'morning'), now)
    expect(alerts.map(({ kind }) => kind)).toEqual(['late', 'absent', 'lost'])
    expect(alerts[0]).toMatchObject({
      minutes: 27,
      // Counter 8 is free, but those who wait for civil status are its own.
      remedy: { act: 'assign', counter: '9', services: ['C'], opens: true },
    })
    expect(alerts[1]).toMatchObject({ counter: '7', minutes: 4, remedy: { act: 'return', counter: '7' } })
    expect(alerts[2]).toMatchObject({ station: 'Écran B', spare: 1 })
    expect(alerts.map(toneOf)).toEqual(['danger', 'warn', 'warn'])
  })

  it('no counter is opened to which somebody was called before its agent left', () => {
    const view = demoHall(now, 'left')
    expect(kinds(view)).toEqual(['late', 'left', 'absent', 'lost'])
    expect(view.counters.find(({ state }) => state === 'closed')?.counter).toBe('3')
    expect(alertsOf(view, now)[0]).toMatchObject({ remedy: { act: 'assign', counter: '9' } })
  })

  it('a person in danger comes before everything, and the others are told, not that counter', () => {
    const [alarm] = alertsOf(demoHall(now, 'alarm'), now)
    expect(alarm).toMatchObject({ kind: 'alarm', counter: '6' })
    expect(alarm?.remedy?.act === 'tell' && alarm.remedy.colleagues).toEqual(['1', '2', '3', '4', '5', '7', '8', '10'])
  })

  it('what stops every call comes before who waits', () => {
    expect(kinds(demoHall(now, 'noMajority')).slice(0, 2)).toEqual(['noMajority', 'late'])
    expect(kinds(demoHall(now, 'island'))[0]).toBe('island')
    const { serving: _serving, ...nobody } = demoHall(now, 'morning')
    expect(kinds(nobody)[0]).toBe('noServer')
    expect(kinds({ ...demoHall(now, 'morning'), trouble: 'hall.disk' })[0]).toBe('trouble')
    expect(kinds({ ...demoHall(now, 'morning'), later: 2 }).at(-1)).toBe('older')
  })

  it('a service that people wait for and nobody calls is one, and a free counter is given it', () => {
    const view = demoHall(now, 'calm')
    const counters = view.counters.map((one) => (one.counter === '8' ? { ...one, services: ['E'] } : one))
    const services = view.services.map((one) => (one.letter === 'D' ? { ...one, counters: 0 } : one))
    const [first] = alertsOf({ ...view, counters, services }, now)
    expect(first).toMatchObject({ kind: 'uncalled', remedy: { counter: '8', services: ['E', 'D'], opens: false } })
  })

  it('who was called for the last time is given a minute', () => {
    const view = demoHall(now, 'morning')
    const calledAt = new Date(now.getTime() - 59_000).toISOString()
    const counters = view.counters.map((one) =>
      one.counter === '7' && one.ticket !== undefined ? { ...one, ticket: { ...one.ticket, calledAt } } : one,
    )
    expect(kinds({ ...view, counters })).not.toContain('absent')
  })

  it('whose agent left is named before who does not come, and once', () => {
    const view = demoHall(now, 'morning')
    const leftAt = new Date(now.getTime() - 3 * 60_000).toISOString()
    const left = (counter: string) =>
      view.counters.map((one) =>
        one.counter === counter && one.ticket !== undefined ? { ...one, ticket: { ...one.ticket, leftAt } } : one,
      )
    expect(kinds({ ...view, counters: left('7') })).toEqual(['late', 'left', 'lost'])
    const alerts = alertsOf({ ...view, counters: left('1') }, now)
    expect(alerts.map(({ kind }) => kind)).toEqual(['late', 'left', 'absent', 'lost'])
    expect(alerts[1]).toMatchObject({ counter: '1', minutes: 3, remedy: { act: 'return', counter: '1' } })
    expect(alerts.map(toneOf)).toEqual(['danger', 'warn', 'warn', 'warn'])
  })

  it('a calm hall, one that is not there and one that comes up have none', () => {
    for (const kind of ['calm', 'none', 'starting'] as const) expect(kinds(demoHall(now, kind))).toEqual([])
  })

  it('counts how many voters may still fall silent', () => {
    expect(spareVoters(demoHall(now, 'morning'))).toBe(1)
    expect(spareVoters(demoHall(now, 'calm'))).toBe(2)
    expect(spareVoters(demoHall(now, 'noMajority'))).toBe(-2)
    expect(spareVoters({ stations: [{ name: 'G1', votes: true, reachable: true }] })).toBe(0)
  })
})
