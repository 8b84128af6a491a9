import type { Command } from '#shared/contract/platform.ts'
import { commands } from '#tests/builders/commands.ts'
import type { KitCounter } from './client.ts'
import { numbers } from './commandRules.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const acts = (counter: KitCounter, count: number, first = 1): Command[] =>
  commands(count, first, { counterid: counter.identity.counterId })

export const onceRules: readonly Rule[] = [
  {
    id: 'duplicate',
    says: 'a batch sent again is a duplicate in every command; a batch that overlaps is duplicate and then applied',
    run: async (kit) => {
      const counter = await kit.counter()
      const batch = acts(counter, 20)
      await counter.take(batch.slice(0, 10))
      hold(
        new Set((await counter.take(batch.slice(0, 10))).results.map((one) => one.status)),
        new Set(['duplicate']),
        'again',
      )
      hold(
        (await counter.take(batch.slice(5))).results.map((one) => one.status),
        numbers(6, 20).map((seq) => (seq <= 10 ? 'duplicate' : 'applied')),
        'overlap',
      )
    },
  },
  {
    id: 'concurrent',
    says: 'a batch sent several times at the same moment is applied once and duplicate otherwise, never a conflict (sync 4)',
    run: async (kit) => {
      const counter = await kit.counter()
      for (let round = 0; round < 15; round += 1) {
        const batch = acts(counter, 40, 1 + round * 40)
        const answers = await Promise.all([
          counter.take(batch),
          counter.take(batch),
          counter.take(batch),
          counter.take(batch),
        ])
        for (const at of batch.keys()) {
          const statuses = answers.map(({ results }) => results[at]?.status).sort()
          hold(
            statuses,
            ['applied', 'duplicate', 'duplicate', 'duplicate'],
            `command ${String(at + 1)} of round ${String(round + 1)}`,
          )
        }
      }
    },
  },
  {
    id: 'lost-answer',
    says: 'when the line is cut after the question, asking again records each command exactly once (sync 5)',
    run: async (kit) => {
      const counter = await kit.counter()
      const all = acts(counter, 600)
      for (let from = 0; from < all.length; from += 20) {
        const batch = all.slice(from, from + 20)
        await counter.hangUp(batch)
        for (const { status } of (await counter.take(batch)).results)
          holdOneOf(status, ['applied', 'duplicate'], 'asked again')
      }
      const recorded = [...(await counter.look(1)).results, ...(await counter.look(501)).results]
      hold(
        recorded.map(({ seq, id, status }) => [seq, id, status]),
        all.map(({ seq, id }) => [seq, id, 'applied']),
        'recorded',
      )
    },
  },
  {
    id: 'race',
    says: 'two different acts sent for one number at the same moment: one is applied, the other a conflict (sync 13)',
    run: async (kit) => {
      const counter = await kit.counter()
      let prevhash = '0'.repeat(64)
      for (let seq = 1; seq <= 20; seq += 1) {
        const rivals = [0, 1, 2].map(() => commands(1, seq, { counterid: counter.identity.counterId, prevhash }))
        const answers = await Promise.all(rivals.map((batch) => counter.take(batch)))
        hold(
          answers.map(({ results }) => results[0]?.status).sort(),
          ['applied', 'conflict', 'conflict'],
          `number ${String(seq)}`,
        )
        prevhash = rivals[answers.findIndex(({ results }) => results[0]?.status === 'applied')]?.[0]?.sha256 ?? prevhash
      }
    },
  },
  {
    id: 'counters',
    says: 'counters do not hold each other up, and each keeps its own order',
    run: async (kit) => {
      const counters = await Promise.all(numbers(1, 6).map(() => kit.counter()))
      await Promise.all(
        counters.map(async (counter) => {
          const all = acts(counter, 200)
          for (let from = 0; from < all.length; from += 25) await counter.take(all.slice(from, from + 25))
          hold(
            (await counter.look(1)).results.map(({ seq, id }) => [seq, id]),
            all.map(({ seq, id }) => [seq, id]),
            counter.identity.counterId,
          )
        }),
      )
    },
  },
]
