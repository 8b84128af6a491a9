import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildMasterList } from '#tests/builders/masterList.ts'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { loadCountrySigners } from './countrySigners.ts'
import { parseSignerFile } from './signerFile.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signers-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const signer = (): Uint8Array => buildSecurityObject(new Map([[1, Uint8Array.of(1)]]), schemes['P-256']).countrySigner
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('the country signers of a folder', () => {
  test('come from certificates in DER and PEM, master lists and LDIF; other files are no matter', async () => {
    const [one, two, three, four, five] = [signer(), signer(), signer(), signer(), signer()]
    writeFileSync(join(folder, 'a.der'), one)
    writeFileSync(join(folder, 'b.pem'), `-----BEGIN CERTIFICATE-----\n${base64(two)}\n-----END CERTIFICATE-----\n`)
    writeFileSync(join(folder, 'c.ml'), buildMasterList([three, four]).file)
    const wrapped = base64(buildMasterList([five]).file).replaceAll(/.{76}/g, '$&\r\n ')
    writeFileSync(
      join(folder, 'd.ldif'),
      `version: 1\r\n\r\ndn: c=UT,dc=data\r\nobjectClass:: cGtk\r\npkdMasterListContent:: ${wrapped}\r\n`,
    )
    writeFileSync(join(folder, 'README.md'), 'no certificate')
    const loaded = await loadCountrySigners(folder)
    expect(loaded.ok && loaded.value.map(({ der }) => hex(der)).toSorted()).toEqual(
      [one, two, three, four, five].map(hex).toSorted(),
    )
  })

  test('that cannot be read, or were altered, are named', async () => {
    expect(await loadCountrySigners(join(folder, 'nowhere'))).toMatchObject({
      ok: false,
      fault: { code: 'file.unreadable' },
    })
    const { file } = buildMasterList([signer()])
    // Inside the certificate of the list, behind the header of the list and that of the certificate.
    file[120] = (file[120] ?? 0) ^ 1
    writeFileSync(join(folder, 'altered.ml'), file)
    expect(await loadCountrySigners(folder)).toMatchObject({
      ok: false,
      fault: { code: 'file.unreadable', detail: 'altered.ml' },
    })
    writeFileSync(join(folder, 'altered.ml'), 'no list')
    expect(await loadCountrySigners(folder)).toMatchObject({
      ok: false,
      fault: { code: 'file.unreadable', detail: 'altered.ml' },
    })
  })

  test('are none in whatever else a file may be', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseSignerFile(bytes)).toBeUndefined()
      }),
    )
  })

  test('are read from a list with more objects than a parser of everything bears', () => {
    const one = signer()
    const { file } = buildMasterList(Array.from({ length: 300 }, () => one))
    expect(parseSignerFile(file)?.lists[0]).toMatchObject({ signature: 'valid', signers: { length: 300 } })
  })
})
