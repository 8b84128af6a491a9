import { hash } from '@node-rs/argon2'
import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acts } from '#shared/contract/acts.ts'
import { allows } from '#shared/domain/roles.ts'
import type { CommandId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import type { Context } from '../core/context.ts'
import { findAccount, saveAccount, saveTries } from '../core/rows/accounts.ts'
import { oneActTogether } from './witness.ts'

const { who } = anOrder()
const password = 'guichet-demo'
let folder: ReturnType<typeof temporaryFolder>
let context: Context
beforeEach(async () => {
  folder = temporaryFolder()
  ;({ context } = issuingOver(openTestStore(folder.path)))
  const verifier = await hash(password, { memoryCost: 64, timeCost: 1 })
  valueOf(
    context.store.tx((db) => {
      for (const [login, code, role] of [
        ['agent', 'AG-014', 'agent'],
        ['other', 'AG-015', 'agent'],
        // Another login of the person who is signed in.
        ['twin', 'AG-014', 'supervisor'],
        ['clerk', 'BO-001', 'mailClerk'],
      ] as const)
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
})
afterEach(() => {
  context.store.close()
  folder.remove()
})

const reopen = (login: string, commandId = v7() as CommandId, reason = 'dépôt tardif', typed = password) =>
  oneActTogether(
    context,
    who,
    {
      act: acts.dayReopened,
      commandId,
      asked: { reason },
      again: () => ok('again'),
      second: { login, password: typed },
      may: (roles) => allows(roles, 'serveCitizens'),
    },
    (_, { witness }) =>
      ok({
        subject: commandId,
        body: { reason, witness },
        data: () => ({ closingId: v7(), day: '2026-11-21', ordinal: 1, reason, agent: who.code, witness }),
        keep: () => ok(witness),
      }),
  )
const items = (): number => context.store.db.get<{ n: number }>('SELECT count(*) AS n FROM outbox')?.n ?? -1

test.each([
  ['the same login', 'agent', password, 'witness.samePerson'],
  ['another login of the same person', 'twin', password, 'witness.samePerson'],
  ['somebody who may not', 'clerk', password, 'witness.notAllowed'],
  ['a wrong password', 'other', 'wrong', 'session.badCredentials'],
] as const)('%s is no second person', async (_, login, typed, code) => {
  expect(await reopen(login, undefined, undefined, typed)).toMatchObject({ fault: { code } })
  expect(items()).toBe(0)
})

test('the second person is named, and his wrong tries are forgotten with the act', async () => {
  context.store.tx((db) => {
    saveTries(db, 'other', 2, undefined)
    return ok(undefined)
  })
  expect(await reopen('other')).toEqual(ok('AG-015'))
  expect(findAccount(context.store.db, 'other')?.wrongTries).toBe(0)
  expect(items()).toBe(1)
})

test('an answer that was lost is given again without asking anybody; another question is refused', async () => {
  const id = v7() as CommandId
  valueOf(await reopen('other', id))
  expect(await reopen('other', id, undefined, 'not asked')).toEqual(ok('again'))
  expect(await reopen('nobody', id)).toMatchObject({ fault: { code: 'command.reused' } })
  expect(await reopen('other', id, 'autre raison')).toMatchObject({ fault: { code: 'command.reused' } })
  expect(items()).toBe(1)
})

test('asked twice at once it is one act', async () => {
  const id = v7() as CommandId
  const answers = await Promise.all([reopen('other', id), reopen('other', id)])
  expect(answers.map((answer) => valueOf(answer)).sort()).toEqual(['AG-015', 'again'])
  expect(items()).toBe(1)
})
