import { describe, expect, test } from 'vitest'
import { calls, type Call, type Calls } from '#shared/contract/calls.ts'
import { doorNames, type Door } from '#shared/contract/doorNames.ts'
import { allows, roles, type Role } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { createDispatch } from '../dispatch.ts'
import type { Answers, Caller } from './caller.ts'
import type { SignedIn } from './context.ts'
import { createSessions } from './sessions.ts'

const names = Object.keys(calls) as Call[]
const as = (role: Role): SignedIn => ({
  view: { login: 'x', name: 'X', roles: [role], language: 'fr', since: '2026-11-21T09:00:00.000Z' },
  code: 'X-1',
})
/** Each answer says its own name, so that a call that reached another one would show. */
const answers = Object.fromEntries(
  names.map((name) => [name, (_: unknown, { door }: Caller) => ok(`${door} ${name}`)]),
) as unknown as Answers<Calls>

const asked = (door: Door, role: Role | undefined, name: string): Promise<Result<unknown>> => {
  const sessions = createSessions()
  const session = sessions.open(door, () => undefined)
  if (role !== undefined) session.set(as(role))
  // Somebody signed in at another window lends nothing to this one.
  sessions.open('clerk', () => undefined).set(as('supervisor'))
  const dispatch = createDispatch({
    register: () => ({ answers, afterwards: () => undefined }),
    before: () => err(faultOf('register.locked')),
  })
  return dispatch(name, {}, { session, signal: new AbortController().signal })
}

/** What each door may ask, written out: a change of `doors.ts` shows here. */
const through: Readonly<Record<Door, (name: Call) => boolean>> = {
  clerk: () => true,
  cli: () => true,
  kiosk: (name) =>
    ['app.state', 'hall.board', 'kiosk.issue', 'kiosk.checkIn', 'kiosk.checkInByCard', 'kiosk.help'].includes(name),
  board: (name) => ['app.state', 'hall.board'].includes(name),
  station: () => false,
}

describe.each(doorNames)('through the door %s', (door) => {
  test.each([undefined, ...roles])('%s makes exactly the calls of the door and of the role', async (role) => {
    for (const name of names) {
      const { access } = calls[name]
      const expected = !through[door](name)
        ? 'call.unknown'
        : access === 'public'
          ? 'answered'
          : role === undefined
            ? 'session.none'
            : access === 'signedIn' || allows([role], access)
              ? 'answered'
              : 'session.forbidden'
      const answer = await asked(door, role, name)
      expect([name, answer.ok ? 'answered' : answer.fault.code]).toEqual([name, expected])
      if (answer.ok) expect(answer.value).toBe(`${door} ${name}`)
    }
  })

  test('what is no call is none, also when it is named like a member of every object', async () => {
    for (const name of ['toString', '__proto__', 'nothing'])
      expect(await asked(door, 'supervisor', name)).toMatchObject({ fault: { code: 'call.unknown' } })
  })
})
