import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { anOfficeFile, aPlatformKey, officeBytes } from '#tests/builders/platformKeys.ts'

// One register for a machine, two accounts of its system: the second is refused in words, and no number is given twice.

/** Accounts that no machine has. */
const [first, second, group] = [60_001, 60_002, 60_000]
const mayBeOthers = process.getuid?.() === 0
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-accounts-'))
  chmodSync(folder, 0o755)
  mkdirSync(join(folder, 'machine'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const guichet = (uid: number, ...words: string[]): { code: number | null; fault: string | undefined } => {
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', GUICHET_PASSPHRASE: 'une phrase de passe' }
  const ran = spawnSync(
    process.execPath,
    [join(root, 'electron/cli/guichet.ts'), ...words, '--json', '--data', join(folder, 'machine')],
    { uid, gid: group, env, cwd: '/', encoding: 'utf8' },
  )
  return { code: ran.status, fault: /"code": "([^"]+)"/u.exec(ran.stdout)?.[1] }
}

test.runIf(mayBeOthers)(
  'the account that is not the register’s is refused in words, whether the folder is shared or not',
  () => {
    const by = aPlatformKey()
    const file = join(folder, 'office.json')
    writeFileSync(file, officeBytes(anOfficeFile(by), by))
    chownSync(join(folder, 'machine'), first, group)
    chmodSync(join(folder, 'machine'), 0o2770)
    expect(guichet(first, 'register', 'begin', file, '--fingerprint', by.fingerprint)).toEqual({
      code: 0,
      fault: undefined,
    })
    expect(guichet(first, 'db', 'check').code).toBe(0)
    const before = readdirSync(join(folder, 'machine'))
    for (const words of [
      ['db', 'check'],
      ['outbox', 'status'],
      ['register', 'begin', file, '--fingerprint', by.fingerprint],
    ])
      expect([words, guichet(second, ...words)]).toEqual([words, { code: 1, fault: 'register.otherAccount' }])
    expect(readdirSync(join(folder, 'machine'))).toEqual(before)
    expect(statSync(join(folder, 'machine/register.db')).uid).toBe(first)
    chmodSync(join(folder, 'machine'), 0o700)
    expect(guichet(second, 'db', 'check')).toEqual({ code: 1, fault: 'register.otherAccount' })
  },
)
