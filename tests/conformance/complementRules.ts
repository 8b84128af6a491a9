import type { Command } from '#shared/contract/platform.ts'
import { aCommand, aComplement, aRepair, sha256Of } from '#tests/builders/commands.ts'
import type { KitCounter } from './client.ts'
import { hold } from './hold.ts'
import type { Rule } from './rule.ts'

const statuses = async (counter: KitCounter, ...acts: Command[]): Promise<string[]> =>
  (await counter.take(acts)).results.map((one) => one.status)
const incomplete = (seq: number, counterid: string, hash?: string): Command => {
  const data = { ...aCommand(seq, { counterid }).data, complete: false }
  return aCommand(seq, { counterid, data, sha256: hash ?? sha256Of(data) })
}

export const complementRules: readonly Rule[] = [
  {
    id: 'complement',
    says: 'a deposit gets one complement, by an act that names it under its number, also in the batch that brought it',
    run: async (kit) => {
      const counter = await kit.counter()
      const deposit = incomplete(1, counter.identity.counterId)
      const complement = aComplement(2, deposit)
      hold(await statuses(counter, deposit, complement), ['applied', 'applied'], 'deposit and complement')
      hold(await statuses(counter, complement), ['duplicate'], 'the same again')
      hold(await statuses(counter, aComplement(3, deposit)), ['rejected'], 'a second one')
      hold(
        await statuses(counter, aRepair('corrected', 4, deposit), aRepair('cancelled', 5, deposit)),
        ['applied', 'applied'],
        'the number is still put right',
      )
    },
  },
  {
    id: 'complement-names',
    says: 'a complement names an earlier deposit of its own counter that stands, and its number; that of a refused deposit is taken',
    run: async (kit) => {
      const [counter, other] = [await kit.counter(), await kit.counter()]
      const { counterId } = counter.identity
      const [cancelled, kept] = [incomplete(1, counterId), incomplete(2, counterId)]
      const refused = incomplete(3, counterId, 'f'.repeat(64))
      await counter.take([cancelled, kept, refused, aRepair('cancelled', 4, cancelled)])
      const foreign = incomplete(1, other.identity.counterId)
      await other.take([foreign])
      hold(
        await statuses(
          counter,
          aComplement(5, cancelled),
          aComplement(6, kept, { act: { seq: 1, id: foreign.id } }),
          aComplement(7, kept, { act: { seq: 9, id: kept.id } }),
          aComplement(8, kept, { number: cancelled.data['number'] ?? '' }),
          aComplement(9, kept, { pieces: [] }),
        ),
        Array(5).fill('rejected'),
        'names',
      )
      hold(await statuses(counter, aComplement(10, refused)), ['applied'], 'of a refused deposit')
      hold(await statuses(counter, aRepair('corrected', 11, refused)), ['applied'], 'and its correction')
    },
  },
]
