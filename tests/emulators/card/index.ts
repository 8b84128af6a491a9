import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openTrainingCards } from '#drivers/fake/trainingCards.ts'
import { trainingCard } from '#shared/contract/cardEvents.ts'
import { plugCard } from './vpcd.ts'

const usage = `Puts a simulated card into the virtual reader of a running pcscd until it is stopped.
  --kind ${trainingCard.options.join('|')}
  --port N        slot of vpcd, 35963 by default (the second one is 35964)
  --trust DIR     writes root and country signer of the card there, for: guichet card read --trust DIR --csca DIR`

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'citizen' },
    port: { type: 'string', default: '35963' },
    trust: { type: 'string' },
    help: { type: 'boolean' },
  },
})
const kind = trainingCard.safeParse(values.kind)
if (values.help === true || !kind.success) {
  console.log(usage)
  process.exit(values.help === true ? 0 : 1)
}
const cards = await openTrainingCards(join(import.meta.dirname, '..', '..', '..', 'resources', 'specimen'), new Date())
const card = await cards.take(kind.data)
if (!card.ok) throw new Error(card.fault.code)
if (values.trust !== undefined) {
  await mkdir(values.trust, { recursive: true })
  await writeFile(join(values.trust, 'specimen-root.pem'), cards.trust.roots.map(String).join(''))
  await writeFile(join(values.trust, 'specimen-country.der'), cards.countrySigner)
}
const plugged = await plugCard(card.value, Number(values.port))
console.log(`${kind.data} is in the reader on port ${values.port}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void plugged.pull()
  })
await plugged.left
