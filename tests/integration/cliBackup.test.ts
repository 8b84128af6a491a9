import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '#tests/builders/register.ts'

const guichet = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')
let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

async function run(args: readonly string[], input = ''): Promise<unknown> {
  const child = spawn(process.execPath, [guichet, ...args, '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GUICHET_DATA: join(folder.path, 'data'),
      GUICHET_PASSPHRASE: 'une phrase de passe',
      CUPS_SERVER: '127.0.0.1:9',
      GUICHET_DEMO: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(input)
  return JSON.parse(await text(child.stdout))
}

test(
  'a backup put back: checked, the newer register set aside, read only until a new series',
  { timeout: 300_000 },
  async () => {
    const request = JSON.stringify(await run(['intake', '--example']))
    expect(await run(['intake'], request)).toMatchObject({ number: expect.stringMatching(/000001$/) as unknown })
    const { file } = z.object({ file: z.string() }).parse(await run(['db', 'backup']))
    expect(await run(['db', 'backup', '--list'])).toMatchObject({ backups: [{ file }] })
    expect(await run(['intake'], request)).toMatchObject({ number: expect.stringMatching(/000002$/) as unknown })

    const restored = z
      .object({ setAside: z.string(), quarantine: z.object({ code: z.literal('register.quarantined') }) })
      .parse(await run(['db', 'restore', file]))
    expect(existsSync(restored.setAside)).toBe(true)
    expect(await run(['intake'], request)).toMatchObject({ fault: { code: 'register.quarantined' } })
    expect(await run(['db', 'check'])).toMatchObject({ ok: true })
    expect(await run(['journal', 'verify'])).toMatchObject({ counter: 'RAB03-G2' })
  },
)
