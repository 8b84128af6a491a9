import { expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { anOfficeFile, aPlatformKey, officeBytes, signText } from '#tests/builders/platformKeys.ts'
import { readOfficeFile } from './officeFile.ts'

const by = aPlatformKey()
const notOffice = err(faultOf('office.notOffice'))

test('a file with its fingerprint is read, however that was typed', () => {
  const bytes = officeBytes(anOfficeFile(by), by)
  expect(readOfficeFile(bytes, by.fingerprint)).toEqual(ok(anOfficeFile(by)))
  expect(readOfficeFile(bytes, ` ${by.fingerprint.toLowerCase().replaceAll('-', ' ')} `).ok).toBe(true)
})

test('another fingerprint is told as such, part of it too', () => {
  const bytes = officeBytes(anOfficeFile(by), by)
  for (const typed of [aPlatformKey().fingerprint, by.fingerprint.slice(0, -1), by.fingerprint.slice(0, 4), '-'])
    expect(readOfficeFile(bytes, typed)).toEqual(err(faultOf('office.fingerprint')))
})

test('what is no office file, or was changed, or signed by another key than it names, is none', () => {
  const other = aPlatformKey()
  const whole = signText('office', anOfficeFile(by), by)
  const bent = anOfficeFile(by, { code: 'K7F2-9MQX-0001' })
  const texts = [
    '',
    'hello',
    JSON.stringify(anOfficeFile(by)),
    whole.slice(0, -4),
    `${whole.split('.')[0] ?? ''}.${Buffer.from(JSON.stringify(bent)).toString('base64url')}.${whole.split('.')[2] ?? ''}`,
    signText('answers', anOfficeFile(by), by),
    signText('office', anOfficeFile(by), other),
    signText('office', { ...anOfficeFile(by), accounts: [] }, by),
    signText('office', anOfficeFile(by, { platform: { address: 'http://platform.example.org', keys: [by.key] } }), by),
    // A key under the name of another one.
    signText(
      'office',
      anOfficeFile(by, {
        platform: { address: 'https://p.example.org', keys: [{ ...other.key, kid: by.key.kid }] },
      }),
      { ...other, key: by.key },
    ),
  ]
  for (const text of texts)
    for (const { fingerprint } of [by, other])
      expect(readOfficeFile(new TextEncoder().encode(text), fingerprint), text.slice(0, 30)).toEqual(notOffice)
  expect(readOfficeFile(new Uint8Array(1_000_001), by.fingerprint)).toEqual(notOffice)
})

test('keys of before come with the chain that leads to the newest, or not at all', () => {
  const next = aPlatformKey(by)
  const platform = { address: 'https://p.example.org', keys: [next.key, by.key] }
  expect(readOfficeFile(officeBytes(anOfficeFile(next, { platform }), next), next.fingerprint).ok).toBe(true)
  const broken = { ...platform, keys: [next.key, aPlatformKey().key] }
  expect(readOfficeFile(officeBytes(anOfficeFile(next, { platform: broken }), next), next.fingerprint)).toEqual(
    notOffice,
  )
})
