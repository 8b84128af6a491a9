import { aCommand, aRepair, commands, sha256Of } from '#tests/builders/commands.ts'
import type { Command } from '#shared/contract/platform.ts'
import type { KitCounter } from './client.ts'
import { hold } from './hold.ts'
import type { Rule } from './rule.ts'

/** A counter whose second act of three was refused: its hash is not that of its data. */
const withRefused = async (counter: KitCounter): Promise<Command> => {
  const { counterId: counterid } = counter.identity
  const refused = aCommand(2, { counterid, sha256: 'f'.repeat(64) })
  await counter.take([...commands(1, 1, { counterid }), refused, ...commands(1, 3, { counterid })])
  return refused
}
const statuses = async (counter: KitCounter, ...acts: Command[]): Promise<string[]> =>
  (await counter.take(acts)).results.map((one) => one.status)
const standing = async (counter: KitCounter): Promise<unknown[]> =>
  (await counter.look(1)).results.map(({ status, settledAs }) => [status, settledAs])

export const repairRules: readonly Rule[] = [
  {
    id: 'correct',
    says: 'a refused act is put right once by a later one under its number; the look-up shows both, the old one as it was answered',
    run: async (kit) => {
      const counter = await kit.counter()
      const refused = await withRefused(counter)
      const correction = aRepair('corrected', 4, refused)
      hold(await statuses(counter, correction), ['applied'], 'correction')
      hold(await statuses(counter, correction), ['duplicate'], 'the same again')
      hold(
        await statuses(counter, aRepair('corrected', 5, refused), aRepair('overridden', 6, refused)),
        ['rejected', 'rejected'],
        'another one',
      )
      hold(
        (await standing(counter)).slice(0, 4),
        [
          ['applied', undefined],
          ['rejected', 'corrected'],
          ['applied', undefined],
          ['applied', undefined],
        ],
        'look-up',
      )
    },
  },
  {
    id: 'correct-applied',
    says: 'what was applied is corrected too, whole and under its number, until it is cancelled; it is never overridden',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId: counterid } = counter.identity
      const deposit = aCommand(1, { counterid })
      hold(await statuses(counter, deposit), ['applied'], 'deposit')
      hold(
        await statuses(counter, aRepair('corrected', 2, deposit), aRepair('corrected', 3, deposit)),
        ['applied', 'applied'],
        'two corrections',
      )
      hold(
        await statuses(
          counter,
          aRepair('overridden', 4, deposit),
          aRepair('corrected', 5, deposit, { number: aCommand(9, { counterid }).data['number'] ?? '' }),
        ),
        ['rejected', 'rejected'],
        'overridden, and under another number',
      )
      hold(
        await statuses(counter, aRepair('cancelled', 6, deposit), aRepair('corrected', 7, deposit)),
        ['applied', 'rejected'],
        'once it is cancelled',
      )
      hold((await standing(counter))[0], ['applied', 'cancelled'], 'look-up')
    },
  },
  {
    id: 'cancel',
    says: 'any number is cancelled once, also in the batch that brought it, and is never given again',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId: counterid } = counter.identity
      const deposit = aCommand(1, { counterid })
      hold(
        await statuses(counter, deposit, aRepair('cancelled', 2, deposit), aRepair('cancelled', 3, deposit)),
        ['applied', 'applied', 'rejected'],
        'batch',
      )
      const data = { ...aCommand(4, { counterid }).data, number: deposit.data['number'] ?? '' }
      hold(
        await statuses(counter, aCommand(4, { counterid, data, sha256: sha256Of(data) })),
        ['rejected'],
        'the number again',
      )
      const refused = aCommand(5, { counterid, sha256: 'f'.repeat(64) })
      hold(
        await statuses(counter, refused, aRepair('cancelled', 6, refused), aRepair('corrected', 7, refused)),
        ['rejected', 'applied', 'rejected'],
        'a refused one',
      )
      hold(
        (await standing(counter)).filter((_, at) => at === 0 || at === 4),
        [
          ['applied', 'cancelled'],
          ['rejected', 'cancelled'],
        ],
        'look-up',
      )
    },
  },
  {
    id: 'override',
    says: 'a refused act stands by the word of two different people, and of no fewer',
    run: async (kit) => {
      const counter = await kit.counter()
      const refused = await withRefused(counter)
      hold(
        await statuses(counter, aRepair('overridden', 4, refused, { witness: 'CS-002' })),
        ['rejected'],
        'one person twice',
      )
      hold(await statuses(counter, aRepair('overridden', 5, refused)), ['applied'], 'two people')
      hold((await standing(counter))[1], ['rejected', 'overridden'], 'look-up')
    },
  },
  {
    id: 'repair-names',
    says: 'a repair names an earlier act of its own counter, by number and id, and one that needs it',
    run: async (kit) => {
      const [counter, other] = [await kit.counter(), await kit.counter()]
      const refused = await withRefused(counter)
      const foreign = await withRefused(other)
      const named = (act: Command['data']): Command['data'] => ({ act })
      hold(
        await statuses(
          counter,
          aRepair('corrected', 4, refused, named({ seq: 2, id: foreign.id })),
          aRepair('corrected', 5, refused, named({ seq: 3, id: refused.id })),
          aRepair('corrected', 6, refused, named({ seq: 9, id: refused.id })),
          aRepair('corrected', 7, refused, { reason: '' }),
          aRepair('corrected', 8, { ...refused, seq: 1, id: (await counter.look(1)).results[0]?.id ?? '' }),
        ),
        Array(5).fill('rejected'),
        'names',
      )
    },
  },
]
