import { createHash } from 'node:crypto'
import { setTimeout as later } from 'node:timers/promises'
import { getHeapSnapshot } from 'node:v8'
import { text } from 'node:stream/consumers'
import type { CardEvent } from '#shared/contract/cardEvents.ts'
import type { Devices } from '#electron/worker/core/workerOptions.ts'
import { aCardReading } from '#tests/builders/deposits.ts'
import { valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, sheetsOf, signedIn, startWorker } from '#tests/builders/worker.ts'

// A worker alone in its process: what of a citizen is in its memory while he is served, and after he has gone (`lock`,
// `release`, `removed`).
const [folder, how] = process.argv.slice(2)
if (folder === undefined || how === undefined) throw new Error('heldInMemory FOLDER HOW')

/** Made anew each time, so that no variable of this script holds one; one piece, as a snapshot shows it. */
const mark = (which: string): string => createHash('sha256').update(which).digest('hex')
const found = async (): Promise<number> => {
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
    globalThis.gc?.()
  }
  const heap = await text(getHeapSnapshot())
  return ['name', 'number', 'place'].filter((which) => heap.includes(mark(which))).length
}

const listeners = new Set<(event: CardEvent) => void>()
const devices: Devices = devicesWith(paperTrail(`${folder}/paper.txt`))
const worker = await signedIn(
  startWorker(folder, {
    ...devices,
    cards: {
      ...devices.cards,
      watch: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }),
)
const bytes = new Uint8Array(4_096).fill(7)
const insert = (): void => {
  const reading = aCardReading({
    identity: { familyName: mark('name'), givenNames: 'A', documentNumber: mark('number'), birthPlace: mark('place') },
    photo: { mime: 'image/jpeg', width: 1, height: 1, sha256: 'x', bytes },
  })
  for (const listener of listeners) listener({ state: 'done', reader: 'A', reading })
}
const issue = async (): Promise<void> => {
  const { citizen } = valueOf(await worker.ask('card.state', {}))
  const [sheet] = await sheetsOf(worker)
  if (citizen === undefined || sheet === undefined) throw new Error('nobody is at the desk')
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces: [] }
  valueOf(await worker.ask('receipt.issue', { commandId: crypto.randomUUID(), identityId: citizen.identityId, draft }))
}
insert()
worker.events.length = 0
const held = await found()
if (how === 'lock') valueOf(await worker.ask('session.lock', {}))
else if (how === 'release')
  valueOf(
    await worker.ask('identity.release', {
      identityId: valueOf(await worker.ask('card.state', {})).citizen?.identityId ?? '',
    }),
  )
else {
  await issue()
  for (const listener of listeners) listener({ state: 'removed', reader: 'A' })
}
// For a quarter of a minute a release may be taken back; nothing is left afterwards.
if (how === 'release') await later(15_500)
worker.events.length = 0
const left = await found()
process.stdout.write(JSON.stringify({ held, left, photo: bytes.some((byte) => byte !== 0) }))
await worker.close()
process.exit(0)
