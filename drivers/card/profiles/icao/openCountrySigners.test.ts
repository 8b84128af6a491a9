import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createIssuer } from '#drivers/fake/icao/issuer.ts'
import type { Fault } from '#shared/fault.ts'
import { valueOf } from '#tests/builders/register.ts'
import { openCountrySigners } from './openCountrySigners.ts'

const now = new Date('2026-11-21T10:00:00Z')

test('those that were told count besides the installed ones, in the place of those before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'signers-'))
  const [installed, one, two] = (await Promise.all([createIssuer(now), createIssuer(now), createIssuer(now)])).map(
    ({ countrySigner }) => new Uint8Array(countrySigner),
  ) as [Uint8Array, Uint8Array, Uint8Array]
  writeFileSync(join(folder, 'installed.der'), installed)
  const signers = openCountrySigners({ folder, clock: { now: () => now } })
  const held = async (): Promise<readonly Uint8Array[]> =>
    (await signers.trusted()).map(({ der }) => new Uint8Array(der))
  expect(await held()).toEqual([installed])
  await signers.believe([one, Uint8Array.of(1, 2, 3)])
  expect(await held()).toEqual([installed, one])
  // What was examined before is judged anew by whom one believes now.
  expect(valueOf(await signers.examine({ bytes: two, compared: [] }))).toMatchObject({
    signers: [{ country: 'UT' }],
    known: 0,
  })
  await signers.believe([two])
  expect(valueOf(await signers.examine({ bytes: two, compared: [] }))).toMatchObject({ signers: [], known: 1 })
  expect(await held()).toEqual([installed, two])
  expect(valueOf(await signers.installed())).toMatchObject([
    { country: 'UT', subject: 'C=UT, CN=SPECIMEN Country Signer' },
  ])
  rmSync(folder, { recursive: true })
})

test('a folder that cannot be read is told once, and the others count', async () => {
  const told: Fault[] = []
  const { countrySigner } = await createIssuer(now)
  const signers = openCountrySigners({
    folder: '/nowhere',
    clock: { now: () => now },
    onFault: (fault) => {
      told.push(fault)
    },
  })
  await signers.believe([countrySigner])
  expect(await signers.trusted()).toHaveLength(1)
  expect(await signers.installed()).toMatchObject({ ok: false, fault: { code: 'file.unreadable' } })
  expect(told).toMatchObject([{ code: 'file.unreadable' }])
})

test('a folder that is put right counts with the next card', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'signers-')), 'csca')
  const signers = openCountrySigners({ folder, clock: { now: () => now } })
  expect(await signers.trusted()).toEqual([])
  mkdirSync(folder)
  writeFileSync(join(folder, 'one.der'), new Uint8Array((await createIssuer(now)).countrySigner))
  expect(await signers.trusted()).toHaveLength(1)
  rmSync(dirname(folder), { recursive: true })
})
