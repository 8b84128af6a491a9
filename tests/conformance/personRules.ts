import { v7 } from 'uuid'
import type { Command } from '#shared/contract/platform.ts'
import { aPersonAct } from '#tests/builders/commands.ts'
import type { KitCounter } from './client.ts'
import { hold } from './hold.ts'
import type { Rule } from './rule.ts'

const statuses = async (counter: KitCounter, ...acts: Command[]): Promise<string[]> =>
  (await counter.take(acts)).results.map((one) => one.status)
const asking = (right: string): Command['data'] => ({ right, files: [v7(), v7()], agent: 'CS-002' })
const answering = (of: Command, data: Command['data'] = {}): Command['data'] => ({
  ...of.data,
  act: { seq: of.seq, id: of.id },
  ...data,
})
const erasing: Command['data'] = {
  reason: 'demande écrite',
  witness: 'AG-014',
  erased: [{ kind: 'sentFile', count: 2 }],
  kept: [{ kind: 'person', count: 1, until: '2027-10-02' }],
}

export const personRules: readonly Rule[] = [
  {
    id: 'person-answer',
    says: 'a request of a person is answered once, by an act that names it, its right and its files, also in the batch that brought it',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      const asked = aPersonAct('requested', 1, counterId, asking('access'))
      hold(
        await statuses(counter, asked, aPersonAct('exported', 2, counterId, answering(asked))),
        ['applied', 'applied'],
        'request and copy',
      )
      hold(
        await statuses(counter, aPersonAct('exported', 3, counterId, answering(asked))),
        ['rejected'],
        'a second answer',
      )
      const other = aPersonAct('requested', 4, counterId, asking('access'))
      hold(
        await statuses(
          counter,
          other,
          aPersonAct('exported', 5, counterId, answering(other, { files: [v7()] })),
          aPersonAct('exported', 6, counterId, answering(other, { act: { seq: 9, id: other.id } })),
          aPersonAct('exported', 7, counterId, answering(other, { act: { seq: 4, id: v7() } })),
          aPersonAct('exported', 8, counterId, answering(other)),
        ),
        ['applied', 'rejected', 'rejected', 'rejected', 'applied'],
        'other files, another number, another act',
      )
    },
  },
  {
    id: 'person-erasure',
    says: 'data of a person are erased by two people who say why, what went and what stays',
    run: async (kit) => {
      const counter = await kit.counter()
      const { counterId } = counter.identity
      const asked = aPersonAct('requested', 1, counterId, asking('erasure'))
      const erased = (seq: number, data: Command['data']): Command =>
        aPersonAct('erased', seq, counterId, answering(asked, { ...erasing, ...data }))
      hold(
        await statuses(
          counter,
          asked,
          erased(2, { witness: 'CS-002' }),
          erased(3, { reason: '' }),
          erased(4, { erased: [{ kind: 'everything', count: 1 }] }),
          erased(5, {}),
          erased(6, {}),
        ),
        ['applied', 'rejected', 'rejected', 'rejected', 'applied', 'rejected'],
        'one person twice, no reason, an unknown kind, as it should be, again',
      )
    },
  },
]
