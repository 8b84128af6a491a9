import { setTimeout as later } from 'node:timers/promises'
import { clientVersionHeader, eventsBatchType, platformPaths, problem } from '#shared/contract/platform.ts'
import { commands } from '#tests/builders/commands.ts'
import type { Answer, KitCounter } from './client.ts'
import { hold } from './hold.ts'
import type { Rule } from './rule.ts'

/** Nodes may go on with the least version that they know for so long, in milliseconds. */
const settles = 2_500

/** What is done with the version of the client, which each of its requests says. */
export const versionRules: readonly Rule[] = [
  {
    id: 'client-version',
    says: 'whatever version a counter says it runs, it is taken where none is asked for, and so is one that says none',
    run: async (kit) => {
      const counter = await kit.counter()
      for (const version of ['0.1.0', '99.0.0', undefined, 'not a version'])
        hold((await stateAs(counter, version)).status, 200, `version ${String(version)}`)
    },
  },
  {
    id: 'least-version',
    says: 'the operator may ask for a least version: an older client is refused with 426 and the code version-too-old and the version that is asked for, nothing of it is taken, and after its update the same batch is',
    operator: true,
    run: async (kit) => {
      const counter = await kit.counter()
      const batch = commands(2, 1, { counterid: counter.identity.counterId })
      const send = (version: string): Promise<Answer> =>
        kit.ask('POST', platformPaths.commands(counter.identity.counterId), {
          body: JSON.stringify(batch),
          type: eventsBatchType,
          as: counter.device,
          headers: { [clientVersionHeader]: version },
        })
      try {
        hold((await kit.operator?.least('7.2.0'))?.status, 200, 'asking for a least version')
        await later(settles)
        for (const old of ['7.1.9', '0.9.0']) {
          const refused = await send(old)
          const said = problem.safeParse(refused.body).data
          hold([refused.status, said?.code, said?.least], [426, 'version-too-old', '7.2.0'], `version ${old}`)
        }
        hold((await stateAs(counter, '7.2.0')).status, 200, 'the least version itself')
        hold(await lastSeqAs(counter, '7.2.0'), 0, 'nothing was taken')
        hold((await send('7.10.0')).status, 200, 'a newer one')
      } finally {
        await kit.operator?.least(null)
        await later(settles)
      }
      hold((await stateAs(counter, '0.1.0')).status, 200, 'asked for no more')
    },
  },
]

const stateAs = async (counter: KitCounter, version: string | undefined): Promise<Response> =>
  counter.device.fetch(platformPaths.counter(counter.identity.counterId), {
    method: 'GET',
    headers: version === undefined ? {} : { [clientVersionHeader]: version },
  })

const lastSeqAs = async (counter: KitCounter, version: string): Promise<unknown> => {
  const said: unknown = await (await stateAs(counter, version)).json()
  return typeof said === 'object' && said !== null && 'lastSeq' in said ? said.lastSeq : undefined
}
