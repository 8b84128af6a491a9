import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
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

async function run(args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const child = spawn(process.execPath, [guichet, ...args, '--json'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GUICHET_DATA: join(folder.path, 'data'),
      GUICHET_PASSPHRASE: 'une phrase de passe',
      CUPS_SERVER: '127.0.0.1:9',
      GUICHET_DEMO: '1',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(input)
  return JSON.parse(await text(child.stdout))
}

test(
  'a person gets a copy of what is held, and an answer in writing about what may not go yet',
  { timeout: 240_000 },
  async () => {
    const example = z.looseObject({}).parse(await run(['intake', '--example']))
    const identity = { familyName: 'ZZNOM', givenNames: 'Omar', documentNumber: 'ZZ12345' }
    const { number } = z
      .object({ number: z.string() })
      .parse(
        await run(
          ['intake'],
          JSON.stringify({ ...example, identity: { source: 'typed', reason: 'noCard', ...identity } }),
        ),
      )
    const whom = ['--family-name', 'zznom', '--given-names', 'Omar', '--login', 'supervisor']
    expect(await run(['person', 'find', ...whom])).toMatchObject({ files: [{ number, held: [] }] })
    expect(await run(['person', 'find', '--document', 'ZZ12345'])).toMatchObject({
      fault: { code: 'session.forbidden' },
    })
    expect(await run(['person', 'export', ...whom])).toMatchObject({ fault: { code: 'call.invalid' } })
    const out = join(folder.path, 'out')
    const copy = z
      .object({
        request: z.object({ right: z.literal('access'), files: z.literal(1) }),
        files: z.tuple([z.string(), z.string()]),
      })
      .parse(await run(['person', 'export', ...whom, '--out', out]))
    expect(readFileSync(copy.files[0]).subarray(0, 5).toString()).toBe('%PDF-')
    expect(JSON.parse(readFileSync(copy.files[1], 'utf8'))).toMatchObject({
      format: 'guichet-person-1',
      files: [{ number, kept: identity }],
    })
    for (const file of copy.files) expect(statSync(file).mode & 0o077).toBe(0)

    const erase = ['person', 'erase', ...whom, '--reason', 'demande écrite', '--second', 'admin', '--out', out]
    expect(await run(erase, '', { GUICHET_SECOND_PASSWORD: 'wrong' })).toMatchObject({
      fault: { code: 'session.badCredentials' },
    })
    expect(await run(erase, '', { GUICHET_SECOND_PASSWORD: 'guichet-demo' })).toMatchObject({
      request: { right: 'erasure', erased: [], kept: [{ kind: 'person', count: 1 }] },
    })
    expect(await run(['journal', 'verify'])).toMatchObject({ counter: 'RAB03-G2' })
  },
)
