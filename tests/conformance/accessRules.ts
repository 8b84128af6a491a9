import { calculateJwkThumbprint } from 'jose'
import { createSigner, type CounterIdentity } from '#electron/worker/outbox/auth.ts'
import {
  assertionType,
  enrolmentAnswer,
  eventsBatchType,
  healthAnswer,
  keysAnswer,
  platformPaths,
  timeAnswer,
} from '#shared/contract/platform.ts'
import { commands, aCommand, anIdentity } from '#tests/builders/commands.ts'
import type { Kit } from './client.ts'
import { createDevice } from './device.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const refused = [401, 403]

export const accessRules: readonly Rule[] = [
  {
    id: 'public',
    says: 'health and time answer without a token, and time is UTC',
    run: async (kit) => {
      const [health, time] = [await kit.ask('GET', platformPaths.health), await kit.ask('GET', platformPaths.time)]
      hold([health.status, time.status], [200, 200], 'status')
      hold(
        [healthAnswer.safeParse(health.body).success, timeAnswer.safeParse(time.body).success],
        [true, true],
        'shape',
      )
    },
  },
  {
    id: 'enrol',
    says: 'a code enrols a key that proves itself; the same again answers the same; a wrong code is refused; the key is published',
    run: async (kit) => {
      const identity = kit.newIdentity()
      holdOneOf((await kit.enrol(identity, 'not-a-code')).status, refused, 'wrong code')
      const admitted = await kit.admit(identity)
      hold(
        admitted,
        { counterId: identity.counterId, kid: await calculateJwkThumbprint(identity.publicKey), state: 'approved' },
        'enrolment',
      )
      hold((await kit.enrol(identity, await kit.codeFor(identity))).body, admitted, 'asked again')
      const keys = keysAnswer.parse((await kit.ask('GET', platformPaths.keys)).body).keys
      hold(keys.find((key) => key.counterId === identity.counterId)?.publicKey, identity.publicKey, 'published key')
    },
  },
  {
    id: 'enrol-proof',
    says: 'nobody enrols a key that he does not hold',
    run: async (kit) => {
      const [identity, thief] = [kit.newIdentity(), kit.newIdentity()]
      const body = JSON.stringify({
        counterId: identity.counterId,
        code: await kit.codeFor(identity),
        publicKey: identity.publicKey,
      })
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
      holdOneOf((await fetch(kit.url + platformPaths.enrolments, init)).status, [400, ...refused], 'without a proof')
      holdOneOf(
        (await createDevice(kit.url, thief).fetch(platformPaths.enrolments, init, 'key')).status,
        [400, ...refused],
        'by another key',
      )
    },
  },
  {
    id: 'one-writer',
    says: 'a series that holds acts is not given to another key while its device is approved',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      await counter.take(commands(1, 1, { counterid: counterId }))
      const thief = anIdentity(counterId)
      const asked = await kit.enrol(thief, await kit.codeFor(thief))
      if (asked.status === 200) {
        hold(enrolmentAnswer.parse(asked.body).state, 'pending', 'second key')
        hold((await kit.operator?.decide(thief, 'approved'))?.status, 409, 'approval of the second key')
      } else holdOneOf(asked.status, refused, 'second key')
      hold(await tokenProblem(kit, thief), true, 'a token for the second key is refused')
      hold(await counter.lastSeq(), 1, 'lastSeq for the first key')
    },
  },
  {
    id: 'assertion',
    says: 'an assertion of another key, an expired one or one of another day gives no token',
    run: async (kit) => {
      const { identity } = await kit.counter()
      const ask = async (by: CounterIdentity, at: Date): Promise<number> => {
        const form = {
          grant_type: 'client_credentials',
          client_assertion_type: assertionType,
          client_assertion: await createSigner(by).assertion(at),
        }
        const init = {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(form).toString(),
        }
        const device = createDevice(kit.url, identity)
        // At this endpoint a nonce is asked for by 400 (RFC 9449 §8); the next request has it.
        const first = await device.fetch(platformPaths.token, init, 'key')
        return first.status === 400 ? (await device.fetch(platformPaths.token, init, 'key')).status : first.status
      }
      const now = Date.now()
      hold(await ask(identity, new Date(now)), 200, 'a sound one')
      for (const at of [now - 3_600_000, now + 3_600_000])
        holdOneOf(await ask(identity, new Date(at)), [400, 401], 'another hour')
      holdOneOf(await ask(anIdentity(identity.counterId), new Date(now)), [400, 401], 'another key')
    },
  },
  {
    id: 'token',
    says: 'without a token, with noise or with one of another counter nothing is answered or recorded',
    run: async (kit) => {
      const [counter, other] = [await kit.counter(), await kit.counter()]
      const { counterId } = counter.identity
      const body = JSON.stringify([aCommand(1, { counterid: counterId })])
      for (const more of [
        {},
        { headers: { authorization: 'DPoP noise' } },
        { headers: { authorization: 'Bearer noise' } },
        { as: other.device },
      ]) {
        holdOneOf((await kit.ask('GET', platformPaths.counter(counterId), more)).status, refused, 'state')
        holdOneOf((await kit.ask('GET', platformPaths.commands(counterId), more)).status, refused, 'look-up')
        holdOneOf(
          (await kit.ask('POST', platformPaths.commands(counterId), { ...more, body, type: eventsBatchType })).status,
          refused,
          'batch',
        )
      }
      holdOneOf((await kit.ask('GET', platformPaths.changes)).status, refused, 'feed')
      hold(await counter.lastSeq(), 0, 'lastSeq')
    },
  },
]

/** Whether the platform refuses a token to this key. */
export const tokenProblem = (kit: Kit, identity: CounterIdentity): Promise<boolean> =>
  createDevice(kit.url, identity)
    .headers('GET', platformPaths.changes)
    .then(
      () => false,
      () => true,
    )
