import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { registerNumber, requestId, sha256Hex } from '#shared/ids.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

const guichet = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')
let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs one command line in a process of its own; no printer and no card service is near. */
async function run(args: readonly string[], input = '', env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, [guichet, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      GUICHET_DATA: join(folder.path, 'data'),
      GUICHET_PASSPHRASE: 'une phrase de passe',
      CUPS_SERVER: '127.0.0.1:9',
      GUICHET_DEMO: '1',
      ...env,
    },
  })
  child.stdin.end(input)
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => {
      child.on('close', resolve)
    }),
  ])
  return { code, out, err }
}

const json = ({ out }: Ran): unknown => JSON.parse(out)
const faultOf = (ran: Ran): unknown =>
  z.object({ fault: z.object({ code: z.string(), blame: z.string(), retry: z.string() }) }).parse(json(ran)).fault.code

const issued = z.strictObject({
  number: registerNumber,
  requestId,
  receipt: z.strictObject({ pdf: z.string(), sha256: sha256Hex, qr: z.string().startsWith('GU1:') }),
})
let first: z.infer<typeof issued>
let example: Record<string, unknown>

describe('the whole path', () => {
  test('the example is a request that works on a fresh folder', async () => {
    const printed = await run(['intake', '--example'])
    example = z.record(z.string(), z.unknown()).parse(json(printed))
    first = issued.parse(json(await run(['intake', '--json'], printed.out)))
    expect(first.number).toMatch(/^\d{4}\/RAB03-G2\/000001$/)
    const pdf = readFileSync(first.receipt.pdf)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(createHash('sha256').update(pdf).digest('hex')).toBe(first.receipt.sha256)
    expect(statSync(first.receipt.pdf).mode & 0o077).toBe(0)
  })

  test('the same command id is the same receipt', async () => {
    const request = JSON.stringify({ ...example, commandId: '0193a1f0-0000-7000-8000-00000000abcd' })
    const [one, other] = [
      issued.parse(json(await run(['intake', '--json'], request))),
      issued.parse(json(await run(['intake', '--json'], request))),
    ]
    expect(one.number).toMatch(/000002$/)
    expect(other.number).toBe(one.number)
    expect(other.receipt.sha256).toBe(one.receipt.sha256)
  })

  test('the seal and the paper are verified offline, and a changed seal is rejected', async () => {
    expect(json(await run(['receipt', 'verify', first.receipt.qr, '--json']))).toMatchObject({
      valid: true,
      number: first.number,
    })
    expect(json(await run(['receipt', 'verify', first.receipt.pdf, '--json']))).toMatchObject({
      valid: true,
      number: first.number,
    })
    const middle = Math.floor(first.receipt.qr.length / 2)
    const letter = first.receipt.qr[middle] === '0' ? '1' : '0'
    const changed = await run([
      'receipt',
      'verify',
      first.receipt.qr.slice(0, middle) + letter + first.receipt.qr.slice(middle + 1),
      '--json',
    ])
    expect(changed.code).toBe(1)
    expect(faultOf(changed)).toMatch(/^seal\./)
  })

  test('files are attached by their content', async () => {
    const scan = join(folder.path, 'scan.png')
    writeFileSync(scan, Buffer.from('89504e470d0a1a0a00', 'hex'))
    const pieces = [
      { code: 'demande', state: 'received', files: [scan] },
      { code: 'identite', state: 'received' },
      { code: 'declaration-domicile', state: 'received' },
    ]
    expect((await run(['intake', '--json'], JSON.stringify({ ...example, pieces }))).code).toBe(0)
    writeFileSync(scan, 'MZ: a program')
    expect(faultOf(await run(['intake', '--json'], JSON.stringify({ ...example, pieces })))).toBe('attachment.type')
    expect(
      faultOf(
        await run(
          ['intake', '--json'],
          JSON.stringify({ ...example, pieces: [{ ...pieces[0], files: ['/nowhere'] }] }),
        ),
      ),
    ).toBe('file.unreadable')
  })

  test('journal and file hold; the outbox keeps what no platform took', async () => {
    expect(json(await run(['journal', 'verify', '--json']))).toMatchObject({
      counter: 'RAB03-G2',
      head: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    })
    expect(json(await run(['db', 'check', '--json']))).toMatchObject({ ok: true, cipher: 'sqlcipher', synchronous: 2 })
    expect(json(await run(['outbox', 'status', '--json']))).toMatchObject({ pending: 3, refused: 0, lastSeq: 3 })
    expect(faultOf(await run(['outbox', 'drain', '--json']))).toBe('platform.notConfigured')
    expect(faultOf(await run(['outbox', 'drain', '--json', '--platform', 'http://127.0.0.1:9']))).toBe(
      'platform.unreachable',
    )
    expect(json(await run(['outbox', 'status', '--json']))).toMatchObject({ pending: 3 })
  })

  test('doctor says what works and what to do about the rest, and ends with 1 when something does not', async () => {
    const said = await run(['doctor', '--json'])
    expect(said.code).toBe(1)
    const { findings } = z
      .object({ findings: z.array(z.object({ part: z.string(), verdict: z.string(), remedy: z.string().optional() })) })
      .parse(json(said))
    const verdicts = Object.fromEntries(findings.map((one) => [one.part, one.verdict]))
    expect(verdicts).toMatchObject({
      runtime: 'ok',
      sqlite: 'ok',
      key: 'ok',
      register: 'ok',
      countries: 'ok',
      fonts: 'ok',
      printers: 'fault',
      platform: 'warning',
      device: 'warning',
    })
    expect(findings.filter((one) => one.verdict !== 'ok').every((one) => one.remedy !== undefined)).toBe(true)
  })

  test('what a deposit lacks is listed, and its one complement taken in', async () => {
    const lacking = { ...example, pieces: [{ code: 'identite', state: 'received' }] }
    const { number, receipt } = issued.parse(json(await run(['intake', '--json'], JSON.stringify(lacking))))
    const owed = z.object({ missing: z.array(z.looseObject({ code: z.string() })) })
    const { missing } = owed.parse(json(await run(['complement', number, '--json'])))
    expect(missing.map(({ code }) => code)).toContain('demande')
    const scan = join(folder.path, 'demande.pdf')
    writeFileSync(scan, '%PDF-1.7 1 0 obj demande')
    const came = missing.flatMap(({ code }) => ['--piece', code === 'demande' ? `demande=${scan}` : code])
    const completed = issued.parse(json(await run(['complement', number, ...came, '--json'])))
    expect(completed).toMatchObject({ number, receipt: { pdf: expect.stringMatching(/-complement\.pdf$/) as string } })
    expect(completed.receipt.sha256).not.toBe(receipt.sha256)
    expect(json(await run(['receipt', 'verify', completed.receipt.pdf, '--json']))).toMatchObject({ complete: true })
    expect(faultOf(await run(['complement', number, '--json']))).toBe('complement.made')
    expect((await run(['complement', 'x', '--json'])).code).toBe(1)
  })
})

describe('this machine towards the platform', () => {
  test('shows its fingerprint and how it stands; without a platform a code waits', async () => {
    const shown = z
      .object({ fingerprint: z.string(), state: z.string() })
      .parse(json(await run(['device', 'show', '--json'])))
    expect(shown).toMatchObject({
      state: 'entered',
      fingerprint: expect.stringMatching(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/) as string,
    })
    expect(json(await run(['device', 'enrol', 'K7F2-9MQX-10BA', '--json']))).toMatchObject({
      ...shown,
      platform: false,
    })
    expect(faultOf(await run(['device', 'enrol', '--json']))).toBe('call.invalid')
  })

  test('a key that the keystore wrapped is said to be so: no passphrase opens it here', async () => {
    const data = join(folder.path, 'by-keystore')
    cpSync(join(folder.path, 'data'), data, { recursive: true })
    writeFileSync(join(data, 'key.json'), JSON.stringify({ version: 1, wrap: 'keystore', blob: 'AAAA' }))
    for (const words of [
      ['journal', 'verify'],
      ['device', 'show'],
      ['db', 'check'],
    ]) {
      expect(await run([...words, '--data', data])).toMatchObject({
        code: 1,
        err: expect.stringContaining('only the installed program can ask') as string,
      })
    }
  })
})

describe('bad input is a fault with a code, and loses nothing', () => {
  test.each([
    ['no passphrase', ['db', 'check'], '', { GUICHET_PASSPHRASE: '' }, 'register.locked'],
    ['a short passphrase', ['db', 'check'], '', { GUICHET_PASSPHRASE: 'abc' }, 'register.badPassphrase'],
    ['a wrong passphrase', ['db', 'check'], '', { GUICHET_PASSPHRASE: 'une autre phrase' }, 'register.badPassphrase'],
    ['no register yet', ['journal', 'verify'], '', { GUICHET_DATA: 'nothing-here' }, 'register.none'],
    ['no JSON', ['intake'], 'Bonjour', {}, 'request.invalid'],
    ['no zone', ['mrz', 'parse'], 'Bonjour', {}, 'mrz.malformed'],
    ['an empty request', ['intake'], '{}', {}, 'request.invalid'],
    ['a wrong password', ['intake'], 'EXAMPLE', { GUICHET_PASSWORD: 'wrong' }, 'session.badCredentials'],
    ['no password outside a demonstration', ['intake'], 'EXAMPLE', { GUICHET_DEMO: '' }, 'call.invalid'],
    [
      'a platform in clear on the network',
      ['outbox', 'drain', '--platform', 'http://10.0.0.1'],
      '',
      {},
      'call.invalid',
    ],
    ['somebody who serves no citizens', ['intake', '--login', 'clerk'], 'EXAMPLE', {}, 'session.forbidden'],
  ])('%s', async (_, args, input, env, code) => {
    const ran = await run([...args, '--json'], input === 'EXAMPLE' ? JSON.stringify(example) : input, env)
    expect(ran.code).toBe(1)
    expect(faultOf(ran)).toBe(code)
  })

  test('a zone is read, and its example is one', async () => {
    const zone = await run(['mrz', 'parse', '--example'])
    expect(zone.out).toMatch(/^P<UTO.{39}\n.{44}\n$/)
    expect(json(await run(['mrz', 'parse', '--json'], zone.out))).toMatchObject({
      format: 'TD3',
      composite: true,
      documentNumber: { value: 'L898902C3', confidence: 'proved' },
      familyName: { value: 'ERIKSSON', confidence: 'unproved' },
    })
    const misread = zone.out.replace('L898902C3', 'L898902C8')
    expect(json(await run(['mrz', 'parse', '--json'], misread))).toMatchObject({
      composite: false,
      documentNumber: { confidence: 'unproved' },
    })
  })

  test('words for people, and usage for a command line that says nothing sensible', async () => {
    const ran = await run(['db', 'check'], '', { GUICHET_PASSPHRASE: '' })
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('register.locked')
    expect(await run(['fly'])).toMatchObject({ code: 2, out: '' })
    expect(await run(['journal', 'verify', '--nonsense'])).toMatchObject({ code: 2, out: '' })
    expect(await run(['--help'])).toMatchObject({ code: 0, err: '' })
    expect((await run(['intake', '--help'])).out).toContain('--example')
  })
})

test('the demonstration does the whole job on simulated devices', async () => {
  const done = await run(['demo', '--json', '--data', join(folder.path, 'demo')])
  expect(json(done)).toMatchObject({ number: expect.stringMatching(/000001$/) as string, print: 'printed' })
  expect(done.err).toContain('chain trusted')
})
