import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faults } from '#shared/fault.ts'
import { ok } from '#shared/result.ts'
import { aCounter, commands, queued } from '#tests/builders/commands.ts'
import { createPlatform } from './platform.ts'
import type { PlatformAnswer } from './ports.ts'

const saying = (answer: PlatformAnswer) =>
  createPlatform({ ask: async () => ok(answer), setSkew: () => undefined }, aCounter(), new AbortController().signal)
const items = commands(2).map(queued)
const result = (at: number, changes = {}) => ({
  id: items[at]?.id,
  seq: at + 1,
  status: 'applied',
  receivedAt: '2026-11-21T10:00:00.000Z',
  ...changes,
})
const sending = (status: number, body: unknown, more: Partial<PlatformAnswer> = {}) =>
  saying({ status, body: typeof body === 'string' ? body : JSON.stringify(body), ...more }).send(items)

test('a batch answer is taken when it has one result for each command, in order', async () => {
  expect(await sending(200, { results: [result(0), result(1)], lastSeq: 2, newer: true })).toMatchObject({
    ok: true,
    value: { kind: 'results' },
  })
  for (const results of [
    [],
    [result(0)],
    [result(1), result(0)],
    [result(0), result(1, { id: items[0]?.id })],
    [result(0), result(1, { status: 'maybe' })],
  ]) {
    expect(await sending(200, { results, lastSeq: 2 })).toMatchObject({
      ok: false,
      fault: { code: 'platform.garbage' },
    })
  }
})

test.each([
  [200, 'OK', 'platform.garbage'],
  [204, '', 'platform.garbage'],
  [302, '', 'platform.garbage'],
  [401, '', 'platform.unauthorised'],
  [403, '', 'platform.failed'],
  [403, '<html>blocked</html>', 'platform.failed'],
  [403, '{"type":"urn:x","title":"no","status":403,"code":"token-invalid"}', 'platform.unauthorised'],
  [409, '{"expectedSeq":0}', 'platform.failed'],
  [413, '', 'platform.failed'],
  [422, '', 'platform.failed'],
  [429, '', 'platform.busy'],
  [500, '{"results":[]}', 'platform.failed'],
  [502, '<html>', 'platform.failed'],
  [503, '', 'platform.busy'],
] as const)('status %d with %j is %s', async (status, body, code) => {
  expect(await sending(status, body)).toMatchObject({ ok: false, fault: { code } })
})

test('a cursor is asked for as it was given, also one that is no text that can be sent', async () => {
  const paths: string[] = []
  const platform = createPlatform(
    {
      ask: async ({ path }) => {
        paths.push(path)
        return ok({ status: 400, body: '' })
      },
      setSkew: () => undefined,
    },
    aCounter(),
    new AbortController().signal,
  )
  for (const cursor of ['a+b/c= &d', '\ud800']) await platform.changes(cursor)
  expect(paths.map((path) => new URL(path, 'https://platform.example').searchParams.get('after'))).toEqual([
    'a+b/c= &d',
    '\ufffd',
  ])
})

test('a pause asked for and the stable code of a problem are kept, its words are not', async () => {
  const problem = { type: 'urn:x', title: 'Said of a person', status: 429, code: 'busy', detail: 'more of it' }
  expect(await sending(429, problem, { retryAfterMs: 5000 })).toEqual({
    ok: false,
    fault: { code: 'platform.busy', detail: '429 busy', values: { status: 429, retryAfterMs: 5000 } },
  })
})

test.each([
  [401, 'device-unknown', 'device.notEnrolled'],
  [400, 'device-pending', 'device.pending'],
  [401, 'device-revoked', 'device.revoked'],
  [403, 'code-used', 'device.codeRefused'],
  [403, 'counter-taken', 'device.counterTaken'],
  [500, 'device-revoked', 'platform.failed'],
] as const)('%d %s is %s', async (status, code, fault) => {
  expect(await sending(status, { type: 'urn:x', title: 'x', status, code })).toMatchObject({
    ok: false,
    fault: { code: fault },
  })
})

test('409 says where the platform is', async () => {
  expect(await sending(409, { expectedSeq: 7, code: 'gap' })).toEqual({
    ok: true,
    value: { kind: 'gap', expectedSeq: 7 },
  })
})

test('no answer whatever makes a question throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), async (status, body) => {
      const platform = saying({ status, body })
      for (const asked of [
        platform.time(),
        platform.counter(),
        platform.look(1),
        platform.changes('c'),
        platform.send(items),
      ]) {
        const answer = await asked
        if (!answer.ok) expect(faults[answer.fault.code].blame).toBe('platform')
      }
    }),
    { numRuns: 300 },
  )
})
