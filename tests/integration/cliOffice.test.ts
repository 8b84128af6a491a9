import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { main } from '../../electron/cli/main.ts'
import { aPlatformKey, anOfficeFile, officeBytes } from '#tests/builders/platformKeys.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

let folder: ReturnType<typeof temporaryFolder>
const [first, second] = [aPlatformKey(), aPlatformKey()]
/** An office of its own: no key and no password of the demonstration. */
const own = (() => {
  const { office, accounts } = anOfficeFile(first)
  const { sealedTo: _, ...rest } = office
  const others = accounts.map((one) => ({ ...one, verifier: one.verifier.replace(/.{4}$/, 'AAAA') }))
  return anOfficeFile(first, { office: rest, accounts: others })
})()
const env = { GUICHET_PASSPHRASE: 'une phrase de passe', CUPS_SERVER: '127.0.0.1:9' }
const path = (name: string): string => join(folder.path, name)

/** One command line in this process, with its answer as JSON. */
async function guichet(words: readonly string[], more: Readonly<Record<string, string>> = {}) {
  let out = ''
  const code = await main([...words, '--json'], {
    env: { ...env, GUICHET_DATA: path('data'), ...more },
    signal: new AbortController().signal,
    stdin: Readable.from([]),
    out: (text) => (out += text),
    err: () => undefined,
  })
  return { code, said: JSON.parse(out) as unknown }
}
const fault = (code: string) => ({ code: 1, said: { fault: { code } } })
const findings = async (more?: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> => {
  const { said } = await guichet(['doctor'], more)
  const read = z.object({ findings: z.array(z.object({ part: z.string(), verdict: z.string() })) }).parse(said)
  return Object.fromEntries(read.findings.map(({ part, verdict }) => [part, verdict]))
}

beforeAll(() => {
  folder = temporaryFolder()
  writeFileSync(path('first.office'), officeBytes(own, first))
  writeFileSync(path('second.office'), officeBytes(anOfficeFile(second), second))
})
afterAll(() => {
  folder.remove()
})

describe('a counter without a window', () => {
  test('begins nothing by itself, and makes no key for it', async () => {
    expect(await guichet(['correction', 'list'])).toMatchObject(fault('register.none'))
    expect(
      await guichet(['person', 'find', '--number', '2026/RAB03-G2/000001'], { GUICHET_PASSWORD: 'x' }),
    ).toMatchObject(fault('register.none'))
    expect(existsSync(path('data'))).toBe(false)
  })

  test('begins by the file and the fingerprint from paper, once', async () => {
    const begin = (file: string, fingerprint: string) =>
      guichet(['register', 'begin', path(file), '--fingerprint', fingerprint])
    expect(await guichet(['register', 'begin', path('first.office')])).toMatchObject(fault('call.invalid'))
    expect(await begin('nothing', first.fingerprint)).toMatchObject(fault('file.unreadable'))
    expect(await begin('first.office', second.fingerprint)).toMatchObject(fault('office.fingerprint'))
    expect(existsSync(path('data'))).toBe(false)
    expect(await begin('first.office', first.fingerprint.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      code: 0,
      said: {
        address: own.platform.address,
        platformKey: first.fingerprint,
        logins: own.accounts.map(({ login }) => login),
      },
    })
    expect(await begin('first.office', first.fingerprint)).toMatchObject(fault('call.invalid'))
  })

  test('says by which key it knows its platform; the doctor too, and finds no secret of the demonstration', async () => {
    expect(await guichet(['device', 'show'])).toMatchObject({
      said: { address: own.platform.address, platformKey: first.fingerprint },
    })
    const found = await findings()
    expect(found).toMatchObject({ platformKey: 'ok' })
    expect(['accounts', 'carrier', 'code'].filter((part) => part in found)).toEqual([])
  })

  test('takes another platform, or answers, in nobody’s name but of who signs in', async () => {
    const trust = ['platform', 'trust', path('second.office'), '--fingerprint', second.fingerprint]
    expect(await guichet(trust)).toMatchObject(fault('call.invalid'))
    expect(await guichet(trust, { GUICHET_PASSWORD: 'wrong' })).toMatchObject(fault('session.badCredentials'))
    expect(await guichet(['outbox', 'import-answers', path('second.office')])).toMatchObject(fault('call.invalid'))
    expect(await guichet(['device', 'show'])).toMatchObject({ said: { platformKey: first.fingerprint } })
  })
})

describe('a register that was begun as a demonstration', () => {
  const data = { GUICHET_DEMO: '1' }
  test('says so when it is none any more, and an administrator makes it know its platform', async () => {
    const there = { GUICHET_DATA: path('demo') }
    expect((await guichet(['trust', 'remove', '0'.repeat(64)], { ...there, ...data })).said).toBeDefined()
    expect(await findings({ ...there, ...data })).toMatchObject({ platformKey: 'warning' })
    expect(await findings(there)).toMatchObject({
      platformKey: 'fault',
      accounts: 'fault',
      carrier: 'fault',
      code: 'fault',
    })
    const trust = ['platform', 'trust', path('second.office'), '--fingerprint']
    const asAdmin = { ...there, GUICHET_PASSWORD: 'guichet-demo' }
    expect(await guichet([...trust, first.fingerprint], asAdmin)).toMatchObject(fault('office.fingerprint'))
    expect(await guichet([...trust, second.fingerprint, '--login', 'agent'], asAdmin)).toMatchObject(
      fault('session.forbidden'),
    )
    expect(await guichet([...trust, second.fingerprint], asAdmin)).toMatchObject({
      code: 0,
      said: { platformKey: second.fingerprint, address: anOfficeFile(second).platform.address },
    })
    expect(await findings(there)).toMatchObject({ platformKey: 'ok' })
  })
})
