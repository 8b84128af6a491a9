import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSaneScanners } from '#drivers/scanner/sane.ts'
import { hostEnvironment } from '#electron/main/hostEnvironment.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

// What is tried: to learn the passphrase of the register as the backend of a scanner, or in any host that reads what
// others made.

let folder: ReturnType<typeof temporaryFolder>
const before = process.env
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  process.env = before
  folder.remove()
})
const secrets = {
  GUICHET_PASSPHRASE: 'one counter, one key',
  GUICHET_PASSWORD: 'guichet-demo',
  GUICHET_MOVE_CODE: 'AAAA-BBBB',
}

test('the passphrase is in the environment of the worker and of no other host', () => {
  const env = { PATH: '/bin', ...secrets }
  expect(Object.keys(hostEnvironment('worker', env)).sort()).toEqual(['GUICHET_PASSPHRASE', 'PATH'])
  for (const host of ['devices', 'press', 'hall'] as const)
    expect(Object.keys(hostEnvironment(host, env)).filter((name) => name.startsWith('GUICHET'))).toEqual([])
})

test.runIf(process.platform === 'linux')(
  'the backend of a scanner is told nothing of it, also where the process that asks has it',
  async () => {
    const heard = join(folder.path, 'heard')
    const scanimage = join(folder.path, 'scanimage')
    writeFileSync(scanimage, `#!/bin/sh\nenv > '${heard}'\nprintf 'fake:0\\tMallory\\n'\n`)
    chmodSync(scanimage, 0o755)
    process.env = { ...before, ...secrets, PATH: `${folder.path}:${before['PATH'] ?? ''}` }
    expect(await openSaneScanners().list()).toEqual({ ok: true, value: [{ name: 'fake:0', description: 'Mallory' }] })
    const env = readFileSync(heard, 'utf8')
    expect(env).toContain(`PATH=${folder.path}`)
    for (const [name, secret] of Object.entries(secrets)) {
      expect(env).not.toContain(name)
      expect(env).not.toContain(secret)
    }
  },
)
