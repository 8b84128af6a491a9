import type { z } from 'zod'
import { createPlatform } from '#electron/worker/outbox/platform.ts'
import type { Transport } from '#electron/worker/outbox/ports.ts'
import { pullChanges } from '#electron/worker/outbox/pullChanges.ts'
import {
  batchAnswer,
  change,
  changesAnswer,
  commandBatch,
  counterState,
  enrolment,
  fileAnswer,
  gapAnswer,
  lookupAnswer,
  problem,
  timeAnswer,
} from '#shared/contract/platform.ts'
import { answersFile, manifest } from '#shared/contract/transfer.ts'
import { sha256Hex } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { anIdentity, commands, queued } from '#tests/builders/commands.ts'
import { createMemoryOutboxStore } from '#tests/builders/memoryOutboxStore.ts'
import type { Draw } from '../draw.ts'
import { generate } from '../generate.ts'
import { mutateText, mutateValue, nastyTexts, nested } from '../mutate.ts'
import { askParser, schemaTarget } from '../schemaTarget.ts'
import { must, type Target } from '../target.ts'

/** Every message between counter and platform, on the line and on the stick, as JSON carries it. */
export const platformMessages = schemaTarget(
  'parsers of all that counter and platform say to each other, on the line and on a stick',
  {
    batchAnswer,
    change,
    changesAnswer,
    commandBatch,
    counterState,
    enrolment,
    fileAnswer,
    gapAnswer,
    lookupAnswer,
    problem,
    timeAnswer,
    answersFile,
    manifest,
  },
  'json',
)

/** The body of an answer: lawful, changed, cut, nested without end, or no JSON at all. */
const bodyOf = (draw: Draw, schema: z.ZodType, lawful?: unknown): string => {
  const value = lawful ?? generate(draw, schema)
  const text = JSON.stringify(draw.chance(0.5) ? value : mutateValue(draw, value))
  if (draw.chance(0.01)) return nested(draw.pick([50, 5_000, 60_000]))
  if (draw.chance(0.1)) return draw.pick(nastyTexts)
  return draw.chance(0.4) ? mutateText(draw, text) : text
}
const status = (draw: Draw): number =>
  draw.chance(0.8) ? 200 : draw.pick([201, 204, 301, 400, 401, 403, 404, 409, 413, 429, 500, 503])

/** A platform that says anything: each question is answered by a parsed value or a fault. */
export const platformAnswers: Target = {
  about: 'answers of the platform: a parsed value or a fault, results only for what was sent, in its order',
  open: () => {
    const { counterId, publicKey } = anIdentity()
    const items = commands(3).map(queued)
    const results = items.map(({ id, seq }) => ({ id, seq, status: 'applied', receivedAt: '2026-11-21T09:42:00.000Z' }))
    const hash = sha256Hex.parse('a'.repeat(64))
    let next = { status: 200, body: '' }
    // what else it can do is not asked here
    const transport = { ask: () => Promise.resolve(ok(next)), setSkew: () => undefined } as unknown as Transport
    const platform = createPlatform(transport, counterId, new AbortController().signal)
    const questions: readonly [
      z.ZodType,
      () => Promise<{ readonly ok: boolean; readonly value?: unknown }>,
      unknown?,
    ][] = [
      [timeAnswer, () => platform.time()],
      [counterState, () => platform.counter()],
      [counterState, () => platform.enrol({ counterId, code: 'demo', publicKey })],
      [lookupAnswer, () => platform.look(1)],
      [changesAnswer, () => platform.changes(undefined)],
      [fileAnswer, () => platform.file(hash)],
      [batchAnswer, () => platform.send(items), { results, lastSeq: 3 }],
    ]
    return {
      one: async (draw) => {
        const [schema, ask, lawful] = draw.pick(questions)
        next = { status: status(draw), body: bodyOf(draw, schema, lawful) }
        const got = await ask()
        if (got.ok && lawful !== undefined) {
          // of `send`
          const outcome = got.value as { readonly kind: string; readonly results?: readonly { readonly id: string }[] }
          must(
            outcome.kind === 'gap' || outcome.results?.every(({ id }, at) => id === items[at]?.id) === true,
            'results for what was not sent',
          )
        }
        return got.ok
      },
    }
  },
}

/** A feed that says anything: rows of this version are taken, others parked, the cursor kept; never a stop for good. */
export const feed: Target = {
  about:
    'pages of the feed: rows that this version reads are taken, others are parked, nothing stops the feed for good',
  cases: 200_000,
  open: () => ({
    one: async (draw) => {
      const store = createMemoryOutboxStore()
      const rows = Array.from({ length: draw.below(4) }, () =>
        draw.chance(0.6) ? generate(draw, change) : mutateValue(draw, generate(draw, change)),
      )
      let page: unknown = { changes: rows, cursor: 'c1', more: draw.chance(0.3) }
      if (draw.chance(0.2)) page = mutateValue(draw, page)
      let body = JSON.stringify(page)
      if (draw.chance(0.01)) body = `{"changes":[${nested(draw.pick([50, 5_000, 60_000]))}],"cursor":"c1","more":false}`
      else if (draw.chance(0.2)) body = mutateText(draw, body)
      let asked = 0
      const transport = {
        ask: () => {
          asked += 1
          must(asked < 5_000, 'a feed that runs in circles')
          return Promise.resolve(ok({ status: 200, body }))
        },
      } as unknown as Transport // what else it can do is not asked here
      const pulled = await pullChanges(
        store,
        createPlatform(transport, anyCounter.counterId, new AbortController().signal),
      )
      for (const { changes } of store.pages)
        for (const row of changes) must(askParser(change, row), 'a row that was not parsed')
      return pulled.ok && store.pages.some(({ changes }) => changes.length > 0)
    },
  }),
}
const anyCounter = anIdentity()
