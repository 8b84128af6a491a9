import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildSecurityObject, schemes } from '#tests/builders/securityObject.ts'
import { tlv } from './ber.ts'
import { concat } from './bytes.ts'
import { loadCountrySigners } from './countrySigners.ts'
import { parseMasterList } from './masterList.ts'

let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'signers-')) })
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

const signer = (): Uint8Array => buildSecurityObject(new Map([[1, Uint8Array.of(1)]]), schemes['P-256']).countrySigner

/** A master list of these certificates, signed by OpenSSL. */
function masterList(certificates: readonly Uint8Array[]): Uint8Array {
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'list.key', '-out', 'list.crt-of-signer', '-subj', '/C=UT/CN=List signer')
  writeFileSync(at('list'), tlv(0x30, concat(Uint8Array.of(0x02, 0x01, 0x00), tlv(0x31, concat(...certificates)))))
  const signed = openssl('cms', '-sign', '-binary', '-nodetach', '-econtent_type', '2.23.136.1.1.2', '-in', 'list', '-signer', 'list.crt-of-signer', '-inkey', 'list.key', '-outform', 'DER')
  return new Uint8Array(signed)
}

describe('the country signers of a folder', () => {
  test('come from certificates in DER and PEM and from master lists; other files are no matter', async () => {
    const [one, two, three, four] = [signer(), signer(), signer(), signer()]
    writeFileSync(join(folder, 'a.der'), one)
    writeFileSync(join(folder, 'b.pem'), `-----BEGIN CERTIFICATE-----\n${Buffer.from(two).toString('base64')}\n-----END CERTIFICATE-----\n`)
    writeFileSync(join(folder, 'c.ml'), masterList([three, four]))
    writeFileSync(join(folder, 'README.md'), 'no certificate')
    const loaded = await loadCountrySigners(folder)
    expect(loaded.ok && loaded.value.map(({ der }) => Buffer.from(der).toString('hex'))).toEqual([one, two, three, four].map((der) => Buffer.from(der).toString('hex')))
  })

  test('that cannot be read are named', async () => {
    expect(await loadCountrySigners(join(folder, 'nowhere'))).toMatchObject({ ok: false, fault: { code: 'file.unreadable' } })
    writeFileSync(join(folder, 'broken.ml'), 'no list')
    expect(await loadCountrySigners(folder)).toMatchObject({ ok: false, fault: { code: 'file.unreadable', detail: 'broken.ml' } })
  })

  test('are none in whatever else a list may be', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { expect(parseMasterList(bytes)).toBeUndefined() }))
  })
})
