import { setTimeout as later } from 'node:timers/promises'
import { enrolmentAnswer, platformPaths, problem } from '#shared/contract/platform.ts'
import { anIdentity, commands } from '#tests/builders/commands.ts'
import { tokenProblem } from './accessRules.ts'
import { counterOf, type Answer, type Operator } from './client.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const stateOf = (answer: Answer): string | undefined => enrolmentAnswer.safeParse(answer.body).data?.state
const codeOf = (answer: Answer): string | undefined => problem.safeParse(answer.body).data?.code
const by = (operator: Operator | undefined): Operator => {
  if (operator === undefined) throw new Error('this rule needs the operator')
  return operator
}

/** What the operator decides of devices; examined with `--operator`. */
export const deviceRules: readonly Rule[] = [
  {
    id: 'operator',
    says: 'codes are made and devices decided by the operator alone',
    operator: true,
    run: async (kit) => {
      const { counterId } = kit.newIdentity()
      for (const headers of [{}, { authorization: 'Bearer guess' }]) {
        holdOneOf(
          (await kit.ask('POST', platformPaths.codes, { headers, body: JSON.stringify({ counterId }) })).status,
          [401, 403],
          'code',
        )
        holdOneOf((await kit.ask('GET', platformPaths.devices, { headers })).status, [401, 403], 'devices')
      }
    },
  },
  {
    id: 'code-once',
    says: 'a one-time code lets one key of its counter in, as often as it asks; it is refused to another key, to another counter, and when it has expired',
    operator: true,
    run: async (kit) => {
      const operator = by(kit.operator)
      const [first, stranger] = [kit.newIdentity(), kit.newIdentity()]
      const code = await operator.code(first.counterId)
      hold(codeOf(await kit.enrol(stranger, code)), 'code-refused', 'another counter')
      hold(
        [
          stateOf(await kit.enrol(first, code)),
          stateOf(await kit.enrol(first, code.toLowerCase().replaceAll('-', ' '))),
        ],
        ['pending', 'pending'],
        'its counter',
      )
      hold(codeOf(await kit.enrol(anIdentity(first.counterId), code)), 'code-used', 'another key')
      const short = await operator.code(stranger.counterId, 1)
      await later(1_200)
      hold(codeOf(await kit.enrol(stranger, short)), 'code-expired', 'expired')
    },
  },
  {
    id: 'code-strangers',
    says: 'wrong codes of keys that strangers made themselves do not bar the counter: the right code gets through',
    operator: true,
    run: async (kit) => {
      const first = kit.newIdentity()
      const code = await by(kit.operator).code(first.counterId)
      for (let at = 0; at < 15; at += 1)
        holdOneOf(
          (await kit.enrol(anIdentity(first.counterId), `wrong ${String(at)}`)).status,
          [403, 429],
          'a wrong code',
        )
      hold(stateOf(await kit.enrol(first, code)), 'pending', 'the right code')
    },
  },
  {
    id: 'not-approved',
    says: 'a device gets no token before its fingerprint was approved',
    operator: true,
    run: async (kit) => {
      const operator = by(kit.operator)
      const identity = kit.newIdentity()
      hold(stateOf(await kit.enrol(identity, await operator.code(identity.counterId))), 'pending', 'enrolment')
      hold(await tokenProblem(kit, identity), true, 'a token is refused')
      hold((await operator.decide(identity, 'approved')).status, 200, 'approval')
      hold(await counterOf(kit, kit.url, identity).lastSeq(), 0, 'lastSeq')
    },
  },
  {
    id: 'revoked',
    says: 'a revoked device is refused at once, with a token that it still has too; approved again it goes on where it was',
    operator: true,
    run: async (kit) => {
      const operator = by(kit.operator)
      const counter = await kit.counter()
      const { identity } = counter
      await counter.take(commands(2, 1, { counterid: identity.counterId }))
      hold((await operator.decide(identity, 'revoked')).status, 200, 'revocation')
      const refused = await counter
        .post(commands(1, 3, { counterid: identity.counterId }))
        .then(codeOf, () => 'device-revoked')
      hold(refused, 'device-revoked', 'batch')
      hold(await tokenProblem(kit, identity), true, 'a new token is refused')
      hold(
        codeOf(await kit.enrol(identity, await operator.code(identity.counterId))),
        'device-revoked',
        'the same key by a new code',
      )
      hold((await operator.decide(identity, 'approved')).status, 200, 'approval')
      hold(await counterOf(kit, kit.url, identity).lastSeq(), 2, 'lastSeq')
    },
  },
  {
    id: 'replaced',
    says: 'after its device was revoked another machine takes the counter over, in a later series; the old one is not approved beside it',
    operator: true,
    run: async (kit) => {
      const operator = by(kit.operator)
      const counter = await kit.counter()
      const { counterId } = counter.identity
      await counter.take(commands(2, 1, { counterid: counterId }))
      const next = anIdentity(counterId)
      hold(stateOf(await kit.enrol(next, await operator.code(counterId))), 'pending', 'the new machine')
      hold((await operator.decide(next, 'approved')).status, 409, 'approval while the old one holds the series')
      await operator.decide(counter.identity, 'revoked')
      hold((await operator.decide(next, 'approved')).status, 200, 'approval')
      const taken = await counterOf(kit, kit.url, next).state()
      hold([taken.lastSeq, taken.series], [2, 2], 'where it goes on')
      hold((await operator.decide(counter.identity, 'approved')).status, 409, 'the old one')
    },
  },
]
