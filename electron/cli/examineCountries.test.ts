import { expect, test } from 'vitest'
import type { CountrySigner } from '#shared/domain/identity/countrySigner.ts'
import { faultOf } from '#shared/fault.ts'
import { sha256Hex } from '#shared/ids.ts'
import type { CountrySigners } from '#shared/ports/countrySigners.ts'
import { err, ok } from '#shared/result.ts'
import { examineCountries } from './examineCountries.ts'
import { noDevices } from './noDevices.ts'

const now = new Date('2026-11-21T10:00:00Z')
const signer = (country: string, validUntil: string): CountrySigner => ({
  country,
  validUntil: `${validUntil}T00:00:00.000Z`,
  validFrom: '2020-01-01T00:00:00.000Z',
  subject: `C=${country}`,
  fingerprint: sha256Hex.parse('0'.repeat(64)),
})
const installed = (...signers: readonly CountrySigner[]): CountrySigners => ({
  ...noDevices.signers,
  installed: () => Promise.resolve(ok(signers)),
})

test('countries that are believed are counted; those whose certificates have ended are a warning', async () => {
  expect(await examineCountries(installed(), now)).toMatchObject({
    verdict: 'ok',
    found: expect.stringContaining('none is believed') as string,
  })
  expect(
    await examineCountries(
      installed(signer('UT', '2030-01-01'), signer('UT', '2031-01-01'), signer('ZZ', '2027-01-01')),
      now,
    ),
  ).toMatchObject({ verdict: 'ok', found: '2 believed, 3 certificates; ending soon: ZZ' })
  expect(await examineCountries(installed(signer('UT', '2030-01-01'), signer('ZZ', '2026-11-20')), now)).toMatchObject({
    verdict: 'warning',
    found: '2 believed, 2 certificates; expired: ZZ',
    remedy: expect.stringContaining('guichet trust') as string,
  })
  expect(
    await examineCountries(
      { ...noDevices.signers, installed: () => Promise.resolve(err(faultOf('file.unreadable', 'broken.ml'))) },
      now,
    ),
  ).toMatchObject({ verdict: 'fault', found: 'file.unreadable (broken.ml)' })
})
