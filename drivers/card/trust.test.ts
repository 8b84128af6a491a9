import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAuthority } from '#drivers/fake/belgian/authority.ts'
import { cardDay, trustIn } from '#tests/builders/cards.ts'
import { isIssuedBy, isPinned, loadTrust } from './trust.ts'
import { parseCertificate } from './profiles/beEid/verify.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trust-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a trust folder', () => {
  it('holds certificates in every usual form, several in one file too', async () => {
    const [first, second] = await Promise.all([createAuthority('ec', cardDay), createAuthority('rsa', cardDay)])
    const pem = trustIn(first, second).roots.map(String).join('')
    await writeFile(join(folder, 'two.pem'), pem)
    await writeFile(join(folder, 'one.crt'), first.root)
    await writeFile(join(folder, 'README.md'), 'not a certificate')
    const trust = await loadTrust(folder)
    expect(trust.ok && trust.value.roots).toHaveLength(3)
    const root = parseCertificate(first.root)
    const register = parseCertificate(first.register)
    const other = parseCertificate(second.root)
    if (!trust.ok || root === undefined || register === undefined || other === undefined)
      throw new Error('no certificate')
    expect([isPinned(trust.value, root), isPinned(trust.value, register)]).toEqual([true, false])
    // Both roots have the same name: only the signature tells them apart.
    expect([isIssuedBy(register, root), isIssuedBy(register, other)]).toEqual([true, false])
  })

  it('holds fingerprints, with colons or without, comments behind them', async () => {
    const authority = await createAuthority('ec', cardDay)
    const root = parseCertificate(authority.root)
    if (root === undefined) throw new Error('no certificate')
    await writeFile(join(folder, 'roots.pins'), `# pinned\n\n${root.fingerprint256} SPECIMEN\n${'ab'.repeat(32)}\n`)
    const trust = await loadTrust(folder)
    expect(trust.ok && trust.value.pins.size).toBe(2)
    expect(trust.ok && isPinned(trust.value, root)).toBe(true)
  })

  it('that is missing, or holds something else under such a name, is refused with the name', async () => {
    expect(await loadTrust(join(folder, 'none'))).toMatchObject({ ok: false, fault: { code: 'file.unreadable' } })
    await writeFile(join(folder, 'broken.pem'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')
    expect(await loadTrust(folder)).toMatchObject({
      ok: false,
      fault: { code: 'file.unreadable', detail: 'broken.pem' },
    })
    await rm(join(folder, 'broken.pem'))
    await writeFile(join(folder, 'broken.pins'), 'not a fingerprint')
    expect(await loadTrust(folder)).toMatchObject({ ok: false, fault: { detail: 'broken.pins' } })
  })

  it('of the Belgian cards is well formed', async () => {
    const trust = await loadTrust(join(import.meta.dirname, '..', '..', 'resources', 'trust', 'belgium'))
    expect(trust.ok && trust.value.pins.size).toBe(5)
  })
})
