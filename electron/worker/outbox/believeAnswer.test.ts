import { afterEach, beforeEach, expect, test } from 'vitest'
import { platformPaths } from '#shared/contract/platform.ts'
import { anIdentity } from '#tests/builders/commands.ts'
import { aPlatformKey, type TestKey } from '#tests/builders/platformKeys.ts'
import { playPlatform, sitBetween, type Passing, type PlayedPlatform } from '#tests/builders/playedPlatform.ts'
import { systemClock } from '../core/systemClock.ts'
import { followKeys } from '../journal/platformText.ts'
import type { PlatformTrust, Question } from './ports.ts'
import { createHttpTransport } from './send.ts'

let ours: TestKey
let platform: PlayedPlatform
let closing: (() => void)[]
beforeEach(async () => {
  ours = aPlatformKey()
  platform = await playPlatform(ours)
  platform.pages = ['p1', 'p2'].map((cursor) => ({ changes: [], cursor, more: false }))
  closing = [() => platform.close()]
})
afterEach(() => {
  for (const close of closing) close()
})

const trusting = (...keys: TestKey[]): PlatformTrust & { known: TestKey['key'][] } => {
  const trust = {
    known: keys.map(({ key }) => key),
    keys: () => trust.known,
    follow: (published: readonly TestKey['key'][]) => {
      const followed = followKeys(trust.known, published)
      if (followed !== undefined) trust.known = [...followed]
      return followed !== undefined
    },
    believesFirst: false,
  }
  return trust
}
const changes: Question = { method: 'GET', path: `${platformPaths.changes}?after=p1`, proof: 'token' }
const time: Question = { method: 'GET', path: platformPaths.time, proof: 'none' }
const batch: Question = { method: 'POST', path: platformPaths.enrolments, body: '{"a":1}', proof: 'token' }
const identity = anIdentity()
const asking = (url: string, trust: PlatformTrust = trusting(ours)) => {
  const transport = createHttpTransport({ baseUrl: url, identity, clock: systemClock, trust })
  return (question: Question) => transport.ask(question, AbortSignal.timeout(20_000))
}
const between = async (meddle: (passing: Passing) => void): Promise<string> => {
  const line = await sitBetween(platform.url, meddle)
  closing.push(() => {
    line.close()
  })
  return line.url
}

test('the platform is believed: public questions, proved ones, and what is sent', async () => {
  const ask = asking(platform.url)
  for (const question of [time, changes, batch]) expect(await ask(question)).toMatchObject({ ok: true })
})

test('a refusal is the platform’s too: without its name nobody revokes a device', async () => {
  const refused = { status: 403, body: { type: 'urn:x', title: 'no', status: 403, code: 'device-revoked' } }
  platform.instead.set(`GET ${platformPaths.changes}`, refused)
  expect(await asking(platform.url)(changes)).toMatchObject({ ok: true, value: { status: 403 } })
  platform.by = undefined
  expect(await asking(platform.url)(changes)).toMatchObject({ fault: { code: 'platform.unsigned' } })
})

test('whoever says only that he is busy or broken needs no name', async () => {
  const ask = asking(platform.url)
  expect(await ask(changes)).toMatchObject({ ok: true })
  platform.by = undefined
  for (const status of [429, 500, 502, 503]) {
    platform.instead.set(`GET ${platformPaths.changes}`, { status, body: '<html>' })
    expect(await ask(changes)).toMatchObject({ ok: true, value: { status } })
  }
})

test('nothing is asked of a platform that is not known', async () => {
  expect(await asking(platform.url, trusting())(time)).toMatchObject({ fault: { code: 'platform.unknownKey' } })
  expect(platform.asked).toEqual([])
})

test.for<[string, (passing: Passing) => void]>([
  [
    'the answer',
    ({ answer }) => {
      if (answer !== undefined) answer.body = Buffer.from(answer.body.toString().replace('p2', 'p9'))
    },
  ],
  [
    'the status',
    ({ answer }) => {
      if (answer !== undefined) answer.status = 201
    },
  ],
  [
    'what is asked for',
    (passing) => {
      passing.path = passing.path.replace('after=p1', 'after=p7')
    },
  ],
  [
    'the signature',
    ({ answer }) => {
      if (answer?.headers['signature'] !== undefined)
        answer.headers['signature'] = answer.headers['signature'].replace(/:[A-Za-z0-9+/]/, (at) =>
          at === ':A' ? ':B' : ':A',
        )
    },
  ],
  [
    'what is covered',
    ({ answer }) => {
      if (answer?.headers['signature-input'] !== undefined)
        answer.headers['signature-input'] = answer.headers['signature-input'].replace(' "@query";req', '')
    },
  ],
  [
    'that it was signed at all',
    ({ answer }) => {
      if (answer !== undefined) delete answer.headers['signature']
    },
  ],
])('on the line somebody changes %s: nothing is taken', async ([, meddle]) => {
  const url = await between((passing) => {
    if (passing.what === `GET ${platformPaths.changes}`) meddle(passing)
  })
  expect(await asking(url)(changes)).toMatchObject({ fault: { code: 'platform.unsigned' } })
})

test('on the line somebody changes what is sent: the answer does not hold for what was sent', async () => {
  const url = await between((passing) => {
    if (passing.what === `POST ${platformPaths.enrolments}`) passing.body = Buffer.from('{"a":2}')
  })
  expect(await asking(url)(batch)).toMatchObject({ fault: { code: 'platform.unsigned' } })
})

test('an answer of yesterday is none to the question of today, public ones included', async () => {
  for (const question of [changes, time]) {
    let old: Passing['answer']
    const path = question.path.split('?')[0] ?? ''
    const url = await between((passing) => {
      if (passing.answer === undefined || !passing.what.endsWith(path)) return
      if (old === undefined) old = passing.answer
      else passing.answer = old
    })
    const ask = asking(url)
    expect(await ask(question)).toMatchObject({ ok: true })
    expect(await ask(question)).toMatchObject({ fault: { code: 'platform.unsigned' } })
  }
})

test('a token from nobody is no token', async () => {
  platform.by = undefined
  expect(await asking(platform.url)(changes)).toMatchObject({ fault: { code: 'platform.unsigned' } })
  expect(platform.asked).toEqual([`POST ${platformPaths.token}`])
})

test('a new key is followed when the one before vouches for it; the one before signs nothing any more', async () => {
  const next = aPlatformKey(ours)
  platform.by = next
  platform.keys = [next.key, ours.key]
  const trust = trusting(ours)
  const ask = asking(platform.url, trust)
  expect(await ask(time)).toMatchObject({ ok: true })
  expect(trust.known[0]).toEqual(next.key)
  platform.by = ours
  expect(await ask(time)).toMatchObject({ fault: { code: 'platform.foreignKey' } })
})

test('a key that nobody vouches for is another platform', async () => {
  const foreign = aPlatformKey()
  platform.by = foreign
  platform.keys = [foreign.key, ours.key]
  const trust = trusting(ours)
  expect(await asking(platform.url, trust)(time)).toMatchObject({ fault: { code: 'platform.foreignKey' } })
  expect(trust.known).toEqual([ours.key])
})
