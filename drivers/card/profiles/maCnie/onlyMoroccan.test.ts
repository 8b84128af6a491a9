import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readCard } from '#drivers/card/readCard.ts'
import { createDocument, type Holder } from '#drivers/fake/icao/document.ts'
import { moroccan, resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import { cardDay, channelTo, specimenFolder } from '#tests/builders/cards.ts'

let issuer: Issuer
beforeAll(async () => {
  issuer = await createIssuer(cardDay)
})

async function read(holder: Holder) {
  const seen: string[] = []
  const card = withFaults(
    createDocument({
      holder,
      photo: readFileSync(join(specimenFolder, 'resident.jp2')),
      sign: issuer.signGroups,
      can: specimenCan,
      pace: { cipher: 'AES-128', parameterId: 12 },
    }),
  )
  const result = await readCard(channelTo(card), {
    trust: { roots: [], pins: new Set() },
    simulated: true,
    clock: { now: () => cardDay, monotonic: () => 0 },
    access: { can: specimenCan },
    profile: 'ma-cnie',
    onProgress: ({ state }) => {
      if (state !== 'reading') seen.push(state)
    },
  })
  return { result, seen }
}

test('a Moroccan card is read as such when it is asked for by name', async () => {
  const { result, seen } = await read(moroccan(cardDay))
  expect(result).toMatchObject({
    ok: true,
    value: { profile: 'ma-cnie', identity: { nationalNumber: 'ZZ012345' }, checks: { identity: 'valid' } },
  })
  expect(seen).toContain('identity')
})

test('the document of another country is none, and nothing of it is told', async () => {
  expect(await read(resident(cardDay))).toEqual({
    result: { ok: false, fault: { code: 'card.unsupported', detail: 'ma-cnie' } },
    seen: [],
  })
})
