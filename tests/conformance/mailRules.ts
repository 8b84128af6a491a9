import type { Command } from '#shared/contract/platform.ts'
import { aLetter } from '#tests/builders/commands.ts'
import type { KitCounter } from './client.ts'
import { hold } from './hold.ts'
import type { Rule } from './rule.ts'

const statuses = async (counter: KitCounter, ...acts: Command[]): Promise<string[]> =>
  (await counter.take(acts)).results.map((one) => one.status)
const named = ({ data }: Command): Command['data'] => ({
  letterId: data['letterId'] ?? '',
  number: data['number'] ?? '',
})

export const mailRules: readonly Rule[] = [
  {
    id: 'mail',
    says: 'a letter takes a number of its register and counter once, and later acts name it until its line is cancelled',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      const letter = aLetter(1, counterId)
      hold(
        await statuses(
          counter,
          letter,
          aLetter(2, counterId, { kind: 'routed', data: named(letter) }),
          aLetter(3, counterId, { kind: 'cancelled', data: named(letter) }),
        ),
        ['applied', 'applied', 'applied'],
        'letter, routing and cancellation in one batch',
      )
      hold(await statuses(counter, letter), ['duplicate'], 'the same again')
      hold(
        await statuses(
          counter,
          aLetter(4, counterId, { data: { number: letter.data['number'] ?? '' } }),
          aLetter(5, counterId, { kind: 'departure' }),
          aLetter(6, counterId, { kind: 'routed', data: named(letter) }),
          aLetter(7, counterId, { kind: 'cancelled' }),
          aLetter(8, counterId, { data: { content: 'no digest' } }),
        ),
        Array(5).fill('rejected'),
        'a number twice, of another register, a cancelled line, no letter, no shape',
      )
      hold(await statuses(counter, aLetter(9, counterId)), ['applied'], 'what follows')
    },
  },
]
