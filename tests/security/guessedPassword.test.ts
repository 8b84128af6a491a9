import { hash } from '@node-rs/argon2'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { oneActTogether } from '#electron/worker/acts/witness.ts'
import type { Context } from '#electron/worker/core/context.ts'
import { findAccount, saveAccount } from '#electron/worker/core/rows/accounts.ts'
import { lockOut, mostTries, proveWho, signIn } from '#electron/worker/core/signIn.ts'
import { acts } from '#shared/contract/acts.ts'
import { allows, type Role } from '#shared/domain/roles.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { issuingOver } from '#tests/builders/deposits.ts'
import { aSupervisor } from '#tests/builders/people.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'

// What is tried: to find out somebody's password, at once, by another way in, or where nobody counts.

const right = 'guichet-demo'
let folder: ReturnType<typeof temporaryFolder>
let now: number
beforeEach(() => {
  folder = temporaryFolder()
  now = Date.parse('2026-11-21T09:00:00Z')
})
afterEach(() => {
  folder.remove()
})
const clock = { now: () => new Date(now), monotonic: () => 0 }

/** A register with people, whose verifiers are the cheapest: nobody attacks them. */
async function withRegister<T>(use: (context: Context) => Promise<T>): Promise<T> {
  const store = openTestStore(folder.path)
  const { context } = issuingOver(store, clock)
  const verifier = await hash(right, { memoryCost: 64, timeCost: 1 })
  const people: readonly (readonly [string, string, Role])[] = [
    ['agent', 'AG-014', 'agent'],
    ['supervisor', 'CS-002', 'supervisor'],
    ['clerk', 'BO-001', 'mailClerk'],
  ]
  valueOf(
    store.tx((db) => {
      for (const [login, code, role] of people)
        saveAccount(db, {
          login,
          name: login,
          code,
          roles: [role],
          language: 'fr',
          verifier,
          validUntil: '2099-01-01T00:00:00.000Z',
        })
      return ok(undefined)
    }),
  )
  try {
    return await use(context)
  } finally {
    store.close()
  }
}
const codeOf = (answer: Result<unknown>): string => (answer.ok ? 'ok' : answer.fault.code)

test('sixty guesses at once are five, also when the right one is among them', async () => {
  await withRegister(async (context) => {
    const guesses = Array.from({ length: 60 }, (_, at) => (at === 46 ? right : `guess ${String(at)}`))
    const answers = await Promise.all(
      guesses.map((password, at) =>
        at % 2 === 0 ? signIn(context, { login: 'agent', password }) : proveWho(context, { login: 'agent', password }),
      ),
    )
    const codes = answers.map(codeOf)
    expect(codes.slice(0, mostTries)).toEqual([
      ...Array.from({ length: mostTries - 1 }, () => 'session.badCredentials'),
      'session.lockedOut',
    ])
    expect(new Set(codes.slice(mostTries))).toEqual(new Set(['session.lockedOut']))
  })
})

test('a login that nobody has is answered as one that somebody has', async () => {
  await withRegister(async (context) => {
    const answers = async (login: string): Promise<readonly Result<unknown>[]> => {
      const heard: Result<unknown>[] = []
      for (let tries = 0; tries < mostTries + 2; tries += 1)
        heard.push(await signIn(context, { login, password: `guess ${String(tries)}` }))
      now += lockOut + 1
      heard.push(await signIn(context, { login, password: 'again' }))
      return heard
    }
    expect(await answers('nobody')).toEqual(await answers('agent'))
  })
})

test('of somebody who may not be the second person, the answer does not tell whether the password was right', async () => {
  await withRegister(async (context) => {
    const asked = (login: string, password: string) =>
      oneActTogether(
        context,
        aSupervisor,
        {
          act: acts.dayReopened,
          commandId: v7() as CommandId,
          asked: {},
          again: () => ok(undefined),
          second: { login, password },
          may: (roles) => allows(roles, 'serveCitizens'),
        },
        () => err(faultOf('day.notClosed')),
      )
    for (const [login, code] of [
      ['clerk', 'witness.notAllowed'],
      ['supervisor', 'witness.samePerson'],
    ] as const)
      for (const password of [right, 'wrong'])
        expect([password, codeOf(await asked(login, password))]).toEqual([password, code])
  })
})

test('the PIN of a card is counted with the passwords of its account', async () => {
  await withRegister(async (context) => {
    valueOf(context.store.tx((db) => ok(db.run('UPDATE accounts SET card_required = 1'))))
    const wrong = err(faultOf('session.pinWrong', undefined, { tries: 9 }))
    let pinIsWrong = true
    const agentCards = {
      prove: () => Promise.resolve(pinIsWrong ? wrong : ok({ reader: 'r', strength: 'pin' as const })),
    }
    const enter = (password: string) => signIn({ ...context, agentCards }, { login: 'agent', password })
    for (let tries = 0; tries < 3; tries += 1) expect(await enter(right)).toEqual(wrong)
    pinIsWrong = false
    expect(codeOf(await enter('wrong'))).toBe('session.badCredentials')
    pinIsWrong = true
    expect(codeOf(await enter(right))).toBe('session.lockedOut')
    pinIsWrong = false
    expect(codeOf(await enter(right))).toBe('session.lockedOut')
    expect(findAccount(context.store.db, 'agent')?.lockedUntil).toBeDefined()
    now += lockOut + 1
    expect(codeOf(await enter(right))).toBe('ok')
  })
})
