import { beforeEach, expect, test, vi } from 'vitest'
import type { CitizenSignature } from '#shared/domain/identity/citizenSignature.ts'
import { faultOf } from '#shared/fault.ts'
import type { IdentityId } from '#shared/ids.ts'
import { err, ok } from '#shared/result.ts'
import { aCardReading, aPurpose } from '#tests/builders/deposits.ts'
import { createCitizenDesk, type CitizenDesk, type DeskAccess } from './citizen.ts'

let desk: CitizenDesk
let signedIn: boolean
let changes: number
let recorded: DeskAccess[]
let mayRecord: boolean
beforeEach(() => {
  signedIn = true
  changes = 0
  recorded = []
  mayRecord = true
  let last = 0
  desk = createCitizenDesk({
    clock: { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 },
    newId: () => `0000000${String((last += 1))}-0000-7000-8000-000000000000`,
    mayKeep: () => signedIn,
    usual: () => aPurpose,
    record: (access) => {
      recorded.push(access)
      return mayRecord ? ok(undefined) : err(faultOf('register.diskFull'))
    },
    forgottenAfter: () => 600_000,
    onChange: () => {
      changes += 1
    },
  })
})

const another = '0000000f-0000-7000-8000-000000000000' as IdentityId
const none = { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' } as const
const all = { identity: 'valid', address: 'valid', photo: 'valid', chain: 'trusted' } as const
const photo = {
  mime: 'image/jpeg',
  width: 1,
  height: 1,
  sha256: 'x',
  bytes: new Uint8Array([0xff, 0xd8, 0xff]),
} as const

test('a card is one citizen, from its first file to its verdicts', () => {
  desk.receive({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 5 })
  desk.receive({ state: 'identity', reader: 'A', reading: aCardReading() })
  const first = desk.citizen()
  expect(first).toMatchObject({ checks: none, cardPresent: true, identity: { familyName: 'SPECIMEN' } })
  desk.receive({ state: 'photo', reader: 'A', reading: aCardReading({ photo }) })
  expect(desk.citizen()?.photo).toBe('data:image/jpeg;base64,/9j/')
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading({ photo, checks: all }) })
  expect(desk.citizen()).toMatchObject({
    identityId: first?.identityId,
    checks: all,
    source: { kind: 'card', checks: all },
  })
  expect(desk.card()).toEqual({ state: 'done', reader: 'A' })
  expect(changes).toBe(4)
})

test('the identity stays when the card leaves, and is the same when it comes back', () => {
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading({ checks: all }) })
  const id = desk.citizen()?.identityId
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.citizen()).toMatchObject({ identityId: id, cardPresent: false })
  expect(desk.card().state).toBe('removed')
  desk.receive({ state: 'identity', reader: 'A', reading: aCardReading() })
  expect(desk.citizen()).toMatchObject({ identityId: id, cardPresent: true })
})

test('another card is another citizen', () => {
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading() })
  const id = desk.citizen()?.identityId
  desk.receive({
    state: 'identity',
    reader: 'A',
    reading: aCardReading({ identity: { familyName: 'AUTRE', givenNames: 'Lina', documentNumber: '2' } }),
  })
  expect(desk.citizen()?.identityId).not.toBe(id)
})

test('nothing is kept while nobody is signed in, nor after the release', () => {
  signedIn = false
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading() })
  expect(desk.citizen()).toBeUndefined()
  signedIn = true
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading() })
  desk.release()
  expect(desk.citizen()).toBeUndefined()
})

test('who is cleared goes with all that his card still says; who came since stays', () => {
  const begin = (): IdentityId => {
    desk.receive({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 5 })
    desk.receive({ state: 'identity', reader: 'A', reading: aCardReading() })
    return desk.citizen()?.identityId ?? another
  }
  const first = begin()
  desk.dismiss(another)
  expect(desk.citizen()?.identityId).toBe(first)
  desk.dismiss(first)
  desk.receive({ state: 'photo', reader: 'A', reading: aCardReading({ photo }) })
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading({ photo }) })
  expect([desk.citizen(), desk.card()]).toEqual([undefined, { state: 'done', reader: 'A' }])
  expect(recorded.length).toBe(1)
  const again = begin()
  expect(again).not.toBe(first)
  desk.dismiss(first)
  expect(desk.citizen()?.identityId).toBe(again)
  desk.dismiss(again)
  desk.receive({ state: 'removed', reader: 'A' })
  expect(begin()).not.toBe(again)
})

test('a release that was a slip is taken back: the same citizen with his purpose, until somebody comes or it is too late', () => {
  vi.useFakeTimers()
  const put = (name: string) => {
    desk.receive({
      state: 'done',
      reader: 'A',
      reading: aCardReading({ identity: { familyName: name, givenNames: 'X' } }),
    })
    const citizen = desk.citizen()
    if (citizen === undefined) throw new Error('nobody')
    return citizen
  }
  const first = put('UN')
  desk.choose({ ...aPurpose, purpose: 'verification' })
  desk.dismiss(first.identityId)
  expect(desk.takeBack(another)).toEqual(err(faultOf('identity.gone')))
  const back = desk.takeBack(first.identityId)
  expect(back).toMatchObject(
    ok({ identityId: first.identityId, cardPresent: true, purpose: { purpose: 'verification' } }),
  )
  expect(desk.citizen()).toEqual(back.ok ? back.value : undefined)
  // The card was pulled meanwhile.
  desk.dismiss(first.identityId)
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.takeBack(first.identityId)).toMatchObject(ok({ cardPresent: false }))
  // Somebody else has come.
  desk.dismiss(first.identityId)
  const second = put('DEUX')
  expect(desk.takeBack(first.identityId)).toEqual(err(faultOf('identity.gone')))
  // Too late, or served.
  desk.dismiss(second.identityId)
  vi.advanceTimersByTime(16_000)
  expect(desk.takeBack(second.identityId)).toEqual(err(faultOf('identity.gone')))
  const third = put('TROIS')
  desk.served(third.identityId)
  desk.dismiss(third.identityId)
  expect(desk.takeBack(third.identityId)).toEqual(err(faultOf('identity.gone')))
  vi.useRealTimers()
})

test("what somebody signed is not the next one's", () => {
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading() })
  const first = desk.citizen()?.identityId ?? another
  const signed = {
    statement: 's',
    scheme: 'ecdsa-sha384',
    signature: '',
    certificate: '',
    chain: 'trusted',
  } as CitizenSignature
  expect(desk.keepSignature(first, signed)).toBe(true)
  desk.receive({
    state: 'identity',
    reader: 'A',
    reading: aCardReading({ identity: { familyName: 'AUTRE', givenNames: 'Lina', documentNumber: '2' } }),
  })
  expect(desk.signature()).toBeUndefined()
  expect(desk.keepSignature(first, signed)).toBe(false)
  expect(desk.signature()).toBeUndefined()
})

test('an idle reader does not hide the one at work', () => {
  desk.receive({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 5 })
  desk.receive({ state: 'empty', reader: 'B', simulated: false })
  expect(desk.card()).toMatchObject({ state: 'reading', reader: 'A' })
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.card()).toMatchObject({ state: 'removed', reader: 'A' })
  desk.receive({ state: 'failed', reader: 'B', fault: { code: 'card.mute' } })
  expect(desk.card()).toEqual({ state: 'failed', reader: 'B', fault: { code: 'card.mute' } })
  desk.receive({ state: 'noService' })
  expect(desk.card()).toEqual({ state: 'noService' })
})

test('a card pulled too early is told until the next one comes', () => {
  desk.receive({ state: 'failed', reader: 'A', fault: { code: 'card.removed' } })
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.card()).toEqual({ state: 'failed', reader: 'A', fault: { code: 'card.removed' } })
  desk.receive({ state: 'empty', reader: 'B', simulated: false })
  expect(desk.card()).toMatchObject({ state: 'empty', reader: 'B' })
  desk.receive({ state: 'reading', reader: 'A', step: 'identity', done: 0, total: 5 })
  expect(desk.card()).toMatchObject({ state: 'reading', reader: 'A' })
})

test('a typed identity bears its reason and no verdict; "other" needs words', () => {
  const identity = { familyName: 'EL AMRANI', givenNames: 'Houda' }
  expect(desk.type({ identity, reason: 'other' })).toMatchObject({
    ok: false,
    fault: { code: 'identity.reasonMissing' },
  })
  expect(desk.type({ identity: { ...identity, familyName: '  ' }, reason: 'noCard' }).ok).toBe(false)
  expect(desk.type({ identity, reason: 'other', note: 'carte en cours' })).toMatchObject({
    ok: true,
    value: { source: { kind: 'typed', reason: 'other', note: 'carte en cours' }, checks: none, cardPresent: false },
  })
})

test('each identity is recorded once, with its purpose, before it is seen, and without itself', () => {
  for (const state of ['identity', 'photo', 'done'] as const)
    desk.receive({ state, reader: 'A', reading: aCardReading({ photo }) })
  expect(recorded).toEqual([
    { means: 'card', purpose: aPurpose, subject: desk.citizen()?.identityId, reader: 'A', document: 'be-eid' },
  ])
  expect(JSON.stringify(recorded)).not.toContain('SPECIMEN')
  desk.type({ identity: { familyName: 'X', givenNames: 'Y' }, reason: 'noCard' })
  expect(recorded.map(({ means }) => means)).toEqual(['card', 'typed'])
  expect(desk.citizen()?.purpose).toEqual(aPurpose)
})

test('what cannot be recorded is not shown', () => {
  mayRecord = false
  desk.receive({ state: 'identity', reader: 'A', reading: aCardReading() })
  expect(desk.citizen()).toBeUndefined()
  expect(desk.card()).toMatchObject({ state: 'failed', fault: { code: 'register.diskFull' } })
  expect(desk.type({ identity: { familyName: 'X', givenNames: 'Y' }, reason: 'noCard' })).toMatchObject({
    ok: false,
    fault: { code: 'register.diskFull' },
  })
  expect(desk.citizen()).toBeUndefined()
})

test('another purpose is another access, and lasts until the citizen goes', () => {
  const other = { ...aPurpose, purpose: 'verification' as const }
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading() })
  desk.choose(other)
  desk.choose(other)
  expect(recorded.map((one) => one.purpose.purpose)).toEqual(['deposit', 'verification'])
  expect(desk.citizen()?.purpose).toEqual(other)
  mayRecord = false
  expect(desk.choose(aPurpose).ok).toBe(false)
  expect(desk.purpose()).toEqual(other)
  desk.release()
  expect(desk.purpose()).toEqual(aPurpose)
})

test('whoever is served goes with his card; the bytes of the photo are overwritten', () => {
  const bytes = new Uint8Array([1, 2, 3])
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading({ photo: { ...photo, bytes } }) })
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.citizen()).toBeDefined()
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading({ photo: { ...photo, bytes } }) })
  desk.served(another)
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.citizen()).toBeDefined()
  desk.receive({ state: 'done', reader: 'A', reading: aCardReading({ photo: { ...photo, bytes } }) })
  desk.served(desk.citizen()?.identityId ?? another)
  expect([...bytes]).toEqual([1, 2, 3])
  desk.receive({ state: 'removed', reader: 'A' })
  expect(desk.citizen()).toBeUndefined()
  expect([...bytes]).toEqual([0, 0, 0])
})

test('a citizen whom nobody works on is forgotten', () => {
  vi.useFakeTimers()
  desk.type({ identity: { familyName: 'X', givenNames: 'Y' }, reason: 'noCard' })
  vi.advanceTimersByTime(500_000)
  desk.touch()
  vi.advanceTimersByTime(500_000)
  expect(desk.citizen()).toBeDefined()
  vi.advanceTimersByTime(100_000)
  expect(desk.citizen()).toBeUndefined()
  vi.useRealTimers()
})

test('what a card says is kept in the form of what is typed, and the same card stays the same citizen', () => {
  const said = { familyName: 'ẒAHRI\u00a0 '.normalize('NFD'), givenNames: 'Lei\u0308la\u0000', nativeName: 'ليﻼ' }
  const reading = aCardReading({ identity: { ...aCardReading().identity, ...said } })
  desk.receive({ state: 'identity', reader: 'A', reading })
  const first = desk.citizen()
  expect(first?.identity).toMatchObject({ familyName: 'ẒAHRI', givenNames: 'Leïla', nativeName: 'ليلا' })
  desk.receive({ state: 'done', reader: 'A', reading })
  expect(desk.citizen()?.identityId).toBe(first?.identityId)
  expect(recorded).toHaveLength(1)
})
