import { createTokens } from '#electron/worker/outbox/auth.ts'
import { healthAnswer, keysAnswer, platformPaths, timeAnswer } from '#shared/contract/platform.ts'
import { commands, aCommand, anIdentity } from '#tests/builders/commands.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rules.ts'

const refused = [401, 403]

export const accessRules: readonly Rule[] = [
  {
    id: 'public',
    says: 'health and time answer without a token, and time is UTC',
    run: async (kit) => {
      const [health, time] = [await kit.ask('GET', platformPaths.health), await kit.ask('GET', platformPaths.time)]
      hold([health.status, time.status], [200, 200], 'status')
      hold([healthAnswer.safeParse(health.body).success, timeAnswer.safeParse(time.body).success], [true, true], 'shape')
    },
  },
  {
    id: 'enrol',
    says: 'a code enrols a key; the same again answers the same; a wrong code is refused; the key is published',
    run: async (kit) => {
      const identity = kit.newIdentity()
      holdOneOf((await kit.enrol(identity, 'not-a-code')).status, refused, 'wrong code')
      const state = { counterId: identity.counterId, lastSeq: 0 }
      hold([(await kit.enrol(identity)).body, (await kit.enrol(identity)).body], [state, state], 'enrolment')
      const keys = keysAnswer.parse((await kit.ask('GET', platformPaths.keys)).body).keys
      hold(keys.find((key) => key.counterId === identity.counterId)?.publicKey, identity.publicKey, 'published key')
    },
  },
  {
    id: 'one-writer',
    says: 'a series that holds acts is never given to another key',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      await counter.take(commands(1, 1, { counterid: counterId }))
      const thief = { ...anIdentity(counterId), enrolmentCode: counter.identity.enrolmentCode }
      holdOneOf((await kit.enrol(thief)).status, refused, 'second key')
      hold(await counter.lastSeq(), 1, 'lastSeq for the first key')
    },
  },
  {
    id: 'token',
    says: 'without a token, with one of another key, an expired one or one of another counter, nothing is answered or recorded',
    run: async (kit) => {
      const counter = await kit.counter()
      const other = await kit.counter()
      const { counterId } = counter.identity
      const now = new Date()
      const forged = await createTokens(anIdentity(counterId))(now)
      const expired = await createTokens(counter.identity)(new Date(now.getTime() - 3_600_000))
      const early = await createTokens(counter.identity)(new Date(now.getTime() + 3_600_000))
      const foreign = await createTokens(other.identity)(now)
      const body = JSON.stringify([aCommand(1, { counterid: counterId })])
      for (const token of [undefined, 'noise', forged, expired, early, foreign]) {
        const more = token === undefined ? {} : { token }
        holdOneOf((await kit.ask('GET', platformPaths.counter(counterId), more)).status, refused, 'state')
        holdOneOf((await kit.ask('GET', platformPaths.commands(counterId), more)).status, refused, 'look-up')
        holdOneOf((await kit.ask('POST', platformPaths.commands(counterId), { ...more, body, type: 'application/cloudevents-batch+json' })).status, refused, 'batch')
      }
      holdOneOf((await kit.ask('GET', platformPaths.changes)).status, refused, 'feed')
      hold(await counter.lastSeq(), 0, 'lastSeq')
    },
  },
]
