import { expect, test, vi } from 'vitest'
import type { SignedIn } from './context.ts'
import { createSessions } from './sessions.ts'

const who = (login: string): SignedIn => ({
  view: { login, name: login, roles: ['agent'], language: 'fr', since: '2026-11-21T09:00:00.000Z' },
  code: login,
})
const app = { phase: 'starting' } as never // the sessions hand it on

test('each window has its own person, and hears its own session', () => {
  const sessions = createSessions()
  const [first, second] = [vi.fn(), vi.fn()]
  const one = sessions.open('clerk', first)
  const two = sessions.open('clerk', second)
  one.set(who('one'))
  two.set(who('two'))
  two.set(undefined, 'idle')
  expect([one.current()?.code, two.current()]).toEqual(['one', undefined])
  expect(first.mock.calls).toEqual([['session', { session: who('one').view }]])
  expect(second.mock.calls.at(-1)).toEqual(['session', { locked: 'idle' }])
  expect(sessions.alone()).toBe(false)
  one.set(undefined)
  expect(sessions.alone()).toBe(true)
})

test('a board hears what its door tells, a window that is gone hears nothing', () => {
  const sessions = createSessions()
  const [board, clerk] = [vi.fn(), vi.fn()]
  sessions.open('board', board)
  const gone = sessions.open('clerk', clerk)
  sessions.tell('app', app)
  sessions.tell('journal', { done: 1, total: 2 })
  sessions.close(gone)
  sessions.tell('app', app)
  expect(board.mock.calls.map((call): unknown => call[0])).toEqual(['app', 'app'])
  expect(clerk.mock.calls.map((call): unknown => call[0])).toEqual(['app', 'journal'])
})

test('what only people at work are to hear is not told to a login screen', () => {
  const sessions = createSessions()
  const heard = vi.fn()
  const session = sessions.open('clerk', heard)
  sessions.tellSignedIn('journal', { done: 1, total: 2 })
  session.set(who('one'))
  sessions.tellSignedIn('journal', { done: 1, total: 2 })
  expect(heard.mock.calls.map((call): unknown => call[0])).toEqual(['session', 'journal'])
})
