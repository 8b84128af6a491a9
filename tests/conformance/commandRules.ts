import { batchLimit, gapAnswer } from '#shared/contract/platform.ts'
import { formatRegisterNumber } from '#shared/domain/registerNumber.ts'
import { sha256Hex, type RegisterNumber } from '#shared/ids.ts'
import { aCommand, commands, sha256Of } from '#tests/builders/commands.ts'
import { aSignedStatement } from '#tests/builders/signatures.ts'
import type { KitCounter } from './client.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const acts = (counter: KitCounter, count: number, first = 1) =>
  commands(count, first, { counterid: counter.identity.counterId })
const act = (counter: KitCounter, seq: number, changes = {}) =>
  aCommand(seq, { counterid: counter.identity.counterId, ...changes })
export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

export const commandRules: readonly Rule[] = [
  {
    id: 'order',
    says: 'a batch is applied in order, with one result for each command under its own id and number',
    run: async (kit) => {
      const counter = await kit.counter()
      const batch = acts(counter, batchLimit.commands)
      const { results, lastSeq } = await counter.take(batch)
      hold(
        results.map(({ id, seq, status }) => ({ id, seq, status })),
        batch.map(({ id, seq }) => ({ id, seq, status: 'applied' })),
        'results',
      )
      hold([lastSeq, await counter.lastSeq()], [500, 500], 'lastSeq')
    },
  },
  {
    id: 'gap',
    says: 'a batch that begins too far ahead is refused with 409 and the expected number, and nothing of it is kept (sync 6)',
    run: async (kit) => {
      const counter = await kit.counter()
      await counter.take(acts(counter, 3))
      const answer = await counter.post(acts(counter, 2, 5))
      hold([answer.status, gapAnswer.safeParse(answer.body).data], [409, { expectedSeq: 4 }], 'answer')
      hold(await counter.lastSeq(), 3, 'lastSeq')
      hold(
        (await counter.take(acts(counter, 3, 4))).results.map((one) => one.status),
        ['applied', 'applied', 'applied'],
        'after the gap is filled',
      )
    },
  },
  {
    id: 'conflict-body',
    says: 'the same id with another body is a conflict, and what was recorded first stays (sync 7)',
    run: async (kit) => {
      const counter = await kit.counter()
      const [first] = acts(counter, 1)
      if (first === undefined) return
      await counter.take([first])
      hold(
        (await counter.take([act(counter, 1, { id: first.id })])).results.map((one) => one.status),
        ['conflict'],
        'result',
      )
      hold(
        (await counter.look(1)).results.map(({ id, sha256, status }) => [id, sha256, status]),
        [[first.id, first.sha256, 'applied']],
        'look-up',
      )
    },
  },
  {
    id: 'conflict-number',
    says: 'another act under a taken number is a conflict, and the acts that follow the recorded one go on',
    run: async (kit) => {
      const counter = await kit.counter()
      const [first, second] = acts(counter, 2)
      await counter.take([first, second].flatMap((one) => one ?? []))
      const { results, lastSeq } = await counter.take([act(counter, 2), act(counter, 3, { prevhash: second?.sha256 })])
      hold([results.map((one) => one.status), lastSeq], [['conflict', 'applied'], 3], 'results')
    },
  },
  {
    id: 'conflict-id',
    says: 'an id used again under a new number is a conflict that consumes the number',
    run: async (kit) => {
      const counter = await kit.counter()
      const [first] = acts(counter, 1)
      if (first === undefined) return
      await counter.take([first])
      const again = [act(counter, 2, { id: first.id }), act(counter, 3)]
      for (const wanted of [
        ['conflict', 'applied'],
        ['conflict', 'duplicate'],
      ]) {
        hold(
          (await counter.take(again)).results.map((one) => one.status),
          wanted,
          'results',
        )
      }
      hold(
        (await counter.look(1)).results.map((one) => one.status),
        ['applied', 'conflict', 'applied'],
        'look-up',
      )
    },
  },
  {
    id: 'citizen-signature',
    says: 'a deposit that its citizen signed is applied when the signature is that of the certificate over the statement, and rejected otherwise',
    run: async (kit) => {
      const counter = await kit.counter()
      const signed = await aSignedStatement()
      const withSignature = (seq: number, citizenSignature: typeof signed) => {
        const data = { ...act(counter, seq).data, citizenSignature }
        return act(counter, seq, { data, sha256: sha256Of(data) })
      }
      const batch = [
        withSignature(1, signed),
        withSignature(2, { ...signed, statement: sha256Hex.parse('0'.repeat(64)) }),
        act(counter, 3),
      ]
      hold(
        (await counter.take(batch)).results.map(({ status, code }) => [status, code]),
        [
          ['applied', undefined],
          ['rejected', 'malformed'],
          ['applied', undefined],
        ],
        'results',
      )
    },
  },
  {
    id: 'number-register',
    says: 'a deposit is numbered in the requests of its counter: a number of another register or of another counter is refused as `series`, and takes none of the requests',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId: own } = counter.identity
      const other = (await kit.counter()).identity.counterId
      const numbered = (seq: number, number: RegisterNumber) => {
        const data = { ...act(counter, seq).data, number }
        return act(counter, seq, { data, sha256: sha256Of(data) })
      }
      const foreign = [
        ...(['arrivals', 'departures', 'internal', 'payments'] as const).map((register) =>
          formatRegisterNumber(2026, own, 7, { register }),
        ),
        formatRegisterNumber(2026, other, 7),
      ]
      const refused = (await counter.take(foreign.map((number, at) => numbered(at + 1, number)))).results
      hold(
        refused.map(({ status, code, field }) => [status, code, field]),
        foreign.map(() => ['rejected', 'series', 'number']),
        'numbers of other registers',
      )
      const next = foreign.length + 1
      const own7 = await counter.take([
        numbered(next, formatRegisterNumber(2026, own, 7)),
        numbered(next + 1, formatRegisterNumber(2026, own, 7, { series: 2 })),
        numbered(next + 2, formatRegisterNumber(2026, own, 7)),
      ])
      hold(
        own7.results.map(({ status, code }) => [status, code]),
        [
          ['applied', undefined],
          ['applied', undefined],
          ['rejected', 'numberTaken'],
        ],
        'the same rank in the requests',
      )
    },
  },
  {
    id: 'rejected',
    says: 'a command that breaks a rule is rejected with a code of the contract and a reason in words, consumes its number, blocks nobody, and stays rejected',
    run: async (kit) => {
      const counter = await kit.counter()
      const batch = [act(counter, 1), act(counter, 2, { sha256: 'f'.repeat(64) }), act(counter, 3)]
      const first = (await counter.take(batch)).results
      hold(
        first.map((one) => one.status),
        ['applied', 'rejected', 'applied'],
        'results',
      )
      hold([first[1]?.code, typeof first[1]?.reason], ['altered', 'string'], 'why')
      hold(
        (await counter.take(batch)).results.map((one) => one.status),
        ['duplicate', 'rejected', 'duplicate'],
        'asked again',
      )
    },
  },
  {
    id: 'schema',
    says: 'a command that can be numbered but not read is rejected alone; the batch is not lost',
    run: async (kit) => {
      const counter = await kit.counter()
      const { data: _, ...torn } = act(counter, 1)
      const answer = await counter.post([torn, act(counter, 2)])
      hold(answer.status, 200, 'status')
      hold(
        (await counter.look(1)).results.map((one) => one.status),
        ['rejected', 'applied'],
        'look-up',
      )
    },
  },
  {
    id: 'malformed',
    says: 'what is no batch is refused as a whole: noise, holes, wrong order, too many, too large; nothing of it is kept',
    run: async (kit) => {
      const counter = await kit.counter()
      const noise = ['', '{', '[]', '{}', '[1]', JSON.stringify([{ id: 1 }])]
      for (const body of noise) holdOneOf((await counter.post(body)).status, [400, 422], JSON.stringify(body))
      holdOneOf((await counter.post([act(counter, 1), act(counter, 3)])).status, [400, 422], 'hole')
      holdOneOf((await counter.post([act(counter, 2), act(counter, 1)])).status, [400, 409, 422], 'wrong order')
      holdOneOf((await counter.post(acts(counter, 501))).status, [400, 413, 422], '501 commands')
      holdOneOf(
        (await counter.post([aCommand(1, { counterid: counter.identity.counterId }, 1_100_000)])).status,
        [413],
        '1.1 MB',
      )
      hold(await counter.lastSeq(), 0, 'lastSeq')
    },
  },
  {
    id: 'look-up',
    says: 'recorded commands are looked up in pages, in order, with their hash',
    run: async (kit) => {
      const counter = await kit.counter()
      const all = acts(counter, 700)
      await counter.take(all.slice(0, 500))
      await counter.take(all.slice(500))
      const [first, second] = [await counter.look(1), await counter.look(501)]
      hold(
        [first.lastSeq, [...first.results, ...second.results].map((one) => one.sha256)],
        [700, all.map((one) => one.sha256)],
        'pages',
      )
      hold((await counter.look(701)).results, [], 'beyond the end')
    },
  },
]
