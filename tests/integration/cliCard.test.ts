import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { cardDay, specimenPhoto } from '#tests/builders/cards.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { openKey } from '#electron/worker/keys/openKey.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const passphrase = 'une phrase de passe'
const root = join(import.meta.dirname, '..', '..')
let folder: ReturnType<typeof temporaryFolder>
let pcscd: Pcscd
let authority: Authority
beforeAll(async () => {
  folder = temporaryFolder()
  pcscd = await openPcscd()
  authority = await createAuthority('ec', cardDay)
  mkdirSync(join(folder.path, 'trust'))
  writeFileSync(join(folder.path, 'trust', 'root.der'), authority.root)
})
afterAll(async () => {
  await pcscd.close()
  folder.remove()
})

async function intake(input: unknown): Promise<{ code: number | null; answer: unknown }> {
  const child = spawn(process.execPath, [join(root, 'electron/cli/guichet.ts'), 'intake', '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...pcscd.env,
      GUICHET_DATA: join(folder.path, 'data'),
      GUICHET_PASSPHRASE: passphrase,
      CUPS_SERVER: '127.0.0.1:9',
      GUICHET_DEMO: '1',
      GUICHET_TRUST: join(folder.path, 'trust'),
    },
  })
  child.stdin.end(JSON.stringify(input))
  const [out, code] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve) => {
      child.on('close', resolve)
    }),
  ])
  return { code, answer: JSON.parse(out) }
}

const request = {
  identity: { source: 'card' },
  procedure: 'CERTIFICAT-RESIDENCE',
  pieces: ['demande', 'identite', 'declaration-domicile'].map((code) => ({ code, state: 'received' })),
}

test('a request is taken in from the card in the reader, with its proof; without one the fault says so', async () => {
  expect(await intake(request)).toMatchObject({ code: 1, answer: { fault: { code: 'card.absent' } } })
  const person = citizen(cardDay)
  const card = await plugCard(
    withFaults(createBelgianCard({ person, photo: specimenPhoto(person.photo), authority })),
    pcscd.ports[0],
  )
  const issued = await intake(request)
  await card.pull()
  expect(issued).toMatchObject({ code: 0, answer: { number: expect.stringMatching(/000001$/) as string } })

  const key = valueOf(await openKey(join(folder.path, 'data'), { passphrase }))
  const store = openTestStore(join(folder.path, 'data'), { key })
  const kept = store.db.get<{ kept: string; source: string }>('SELECT kept, source FROM identities')
  store.close()
  expect(JSON.parse(kept?.kept ?? '')).toMatchObject({
    familyName: person.fields.name,
    maskedNumber: expect.stringMatching(/^\*+\d{3}$/) as string,
  })
  expect(JSON.parse(kept?.source ?? '')).toMatchObject({
    kind: 'card',
    profile: 'be-eid',
    simulated: false,
    checks: { identity: 'valid', chain: 'trusted' },
  })
})
