import { expect, test } from 'vitest'
import { err, ok } from '#shared/result.ts'
import { faultOf } from '#shared/fault.ts'
import type { Role } from '#shared/domain/roles.ts'
import type { SignedIn } from '../context.ts'
import { createSessions, type Session } from '../sessions.ts'
import { createCitizenDesk } from './citizen.ts'
import { createDeskSeat } from './seat.ts'

const person = (code: string, role: Role = 'agent'): SignedIn => ({
  view: { login: code, name: code, roles: [role], language: 'fr', since: '2026-11-21T09:00:00.000Z' },
  code,
})
const identity = { familyName: 'ALAMI', givenNames: 'Fatima' } as const

function counter() {
  const sessions = createSessions()
  const told: { readonly who: string; readonly payload: unknown }[] = []
  const window = (who: string): Session =>
    sessions.open('clerk', (event, payload) => {
      if (event === 'session') told.push({ who, payload: payload })
    })
  let last = 0
  const desk = createCitizenDesk({
    clock: { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 },
    newId: () => `id-${(last += 1)}`,
    mayKeep: () => true,
    usual: () => ({ purpose: 'deposit', basis: 'law' }) as never, // the seat does not look at it
    record: () => ok(undefined),
    forgottenAfter: () => 60_000,
    onChange: () => undefined,
  })
  const seat = createDeskSeat(desk, sessions)
  return { sessions, seat, one: window('one'), two: window('two'), told }
}
const serve = (seat: ReturnType<typeof counter>['seat'], session: Session) => {
  const desk = seat.take(session)
  return desk.ok ? desk.value.type({ identity: identity, reason: 'noCard' }) : desk
}

test('a citizen of one window is nobody at the other, and a sign-out of the other leaves him there', () => {
  const { seat, one, two, told } = counter()
  one.set(person('A'))
  two.set(person('B'))
  const typed = serve(seat, one)
  if (!typed.ok) throw new Error(typed.fault.code)
  const id = typed.value.identityId
  expect(seat.held(two, id)).toBeUndefined()
  expect(seat.of(two)).toBeUndefined()
  expect(serve(seat, two)).toEqual(err(faultOf('desk.held')))
  two.set(undefined)
  expect(seat.held(one, id)?.identity.familyName).toBe('ALAMI')
  expect(told.filter(({ who }) => who === 'one')).toHaveLength(1)
})

test('a desk with nobody at it goes to the window that serves; who leaves takes his citizen along', () => {
  const { seat, one, two } = counter()
  one.set(person('A'))
  two.set(person('B'))
  expect(serve(seat, two).ok).toBe(true)
  expect(seat.holder()).toBe(two)
  two.set(undefined)
  expect(seat.holder()).toBe(one)
  expect(seat.of(one)?.citizen()).toBeUndefined()
})

test('another person at the same window, or somebody who may not serve, finds an empty desk', () => {
  const { seat, one, two } = counter()
  one.set(person('A'))
  serve(seat, one)
  one.set(person('A'))
  expect(seat.of(one)?.citizen()).toBeDefined()
  one.set(person('B'))
  expect(seat.of(one)?.citizen()).toBeUndefined()
  two.set(person('C', 'auditor'))
  one.set(undefined)
  expect(seat.holder()).toBeUndefined()
})
