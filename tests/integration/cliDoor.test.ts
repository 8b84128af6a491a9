import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { temporaryFolder } from '#tests/builders/register.ts'

// What comes in by the command line, and what is said when a paper cannot go out.

const guichet = join(import.meta.dirname, '..', '..', 'electron', 'cli', 'guichet.ts')
const field = (name: string): string => join(import.meta.dirname, '..', 'fixtures', 'field', name)
let folder: ReturnType<typeof temporaryFolder>
const at = (...names: string[]): string => join(folder.path, ...names)
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

const environment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  GUICHET_DATA: at('data'),
  GUICHET_PASSPHRASE: 'une phrase de passe',
  CUPS_SERVER: '127.0.0.1:9',
  GUICHET_DEMO: '1',
})

interface Ran {
  readonly code: number | null
  readonly json: unknown
  readonly err: string
}
async function run(...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [guichet, ...args, '--json'], { env: environment() })
  child.stdin.end()
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => {
      child.on('close', resolve)
    }),
  ])
  return { code, json: out === '' ? undefined : JSON.parse(out), err }
}
const intake = (file: string, ...more: readonly string[]): Promise<Ran> => run('intake', '--file', file, ...more)
const fault = (code: string, detail: string): object => ({
  code: 1,
  json: { fault: { code, detail: expect.stringContaining(detail) as string } },
})
const acts = async (): Promise<number> =>
  z.object({ lastSeq: z.number() }).parse((await run('outbox', 'status')).json).lastSeq
const deposited = z.object({ number: z.string(), commandId: z.uuid().optional(), receipt: z.unknown().optional() })
const request = (over: object): string => {
  const path = at(`request-${crypto.randomUUID()}.json`)
  const plain = z.looseObject({}).parse(JSON.parse(readFileSync(field('birth-feb-30.json'), 'utf8')))
  const identity = {
    ...z.looseObject({}).parse(plain['identity']),
    birthDate: { value: '1991-04-17', precision: 'day' },
  }
  writeFileSync(path, JSON.stringify({ ...plain, identity, ...over }))
  return path
}

describe('before anything is written', () => {
  test.each([
    ['request-latin1.json', 'request.invalid', 'not UTF-8'],
    ['request-utf16.json', 'request.invalid', 'UTF-16, not UTF-8'],
    ['birth-feb-30.json', 'identity.impossible', 'birthDate: not in the calendar'],
    ['name-zero-width.json', 'request.invalid', 'familyName'],
    ['stamp-nul.json', 'request.invalid', 'fee.stampNumber: control characters'],
  ])('%s is refused in words', async (name, code, detail) => {
    expect(await intake(field(name))).toMatchObject(fault(code, detail))
  })

  test('a fee that the sheet does not ask for is refused', async () => {
    expect(await intake(request({ fee: { centimes: 200 } }))).toMatchObject(fault('request.invalid', 'fee: more than'))
    expect(await intake(request({ fee: { centimes: Number.MAX_SAFE_INTEGER } }))).toMatchObject(
      fault('request.invalid', 'fee.centimes'),
    )
  })

  test.runIf(process.platform !== 'win32')('a place for the paper that is none is found out', async () => {
    mkdirSync(at('place'))
    symlinkSync(at('elsewhere.pdf'), at('link.pdf'))
    execFileSync('mkfifo', [at('pipe.pdf')])
    for (const [out, detail] of [
      [at('place'), 'a folder'],
      [at('link.pdf'), 'a link'],
      [at('pipe.pdf'), 'no regular file'],
      [at(`${'n'.repeat(260)}.pdf`), 'ENAMETOOLONG'],
      [at('not', 'there', 'r.pdf'), 'ENOENT'],
    ] as const)
      expect(await intake(request({}), '--out', out)).toMatchObject(fault('file.unwritable', detail))
    if (process.platform === 'linux')
      expect(await intake(request({}), '--out', '/proc/nope/r.pdf')).toMatchObject(fault('file.unwritable', ''))
  })

  test.runIf(process.platform !== 'win32')('a piece that is no file is not waited for', async () => {
    execFileSync('mkfifo', [at('piece')])
    const pieces = [{ code: 'demande', state: 'received', files: [at('piece')] }]
    expect(await intake(request({ pieces }))).toMatchObject(fault('file.unreadable', 'no regular file'))
    pieces[0]?.files.splice(0, 1, '/dev/zero')
    expect(await intake(request({ pieces }))).toMatchObject(fault('file.unreadable', 'no regular file'))
  })

  test('nothing was entered by all that', () => {
    expect(existsSync(at('data', 'receipts'))).toBe(false)
  })
})

test('a byte order mark is no part of a request, and a name as long as a file may have is one', async () => {
  const out = at(`${'n'.repeat(248)}.pdf`)
  expect(await intake(field('request-bom.json'), '--out', out)).toMatchObject({ code: 0 })
  expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
})

test('a paper that cannot be written after the deposit: the number is said, and the second try makes no other', async () => {
  const before = await acts()
  // In the place of the folder of receipts lies a file.
  if (existsSync(at('data', 'receipts'))) renameSync(at('data', 'receipts'), at('data', 'receipts.before'))
  writeFileSync(at('data', 'receipts'), '')
  const first = await intake(request({}))
  expect(first).toMatchObject({ code: 1, json: { fault: { code: 'file.unwritable', retry: 'later' } } })
  const said = deposited.parse(first.json)
  renameSync(at('data', 'receipts'), at('data', 'receipts.file'))
  const second = await intake(request({ commandId: said.commandId }))
  expect(second).toMatchObject({ code: 0, json: { number: said.number } })
  expect(await acts()).toBe(before + 1)
  expect(readdirSync(at('data', 'receipts'))).toHaveLength(1)
})

test('a scan with a line before its mark is a PDF, one of which nothing is there is not', async () => {
  const pieces = [{ code: 'demande', state: 'received', files: [at('scan.pdf')] }]
  writeFileSync(at('scan.pdf'), '\n%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
  expect(await intake(request({ pieces }))).toMatchObject({ code: 0 })
  writeFileSync(at('scan.pdf'), '%PDF-1.4 nothing')
  expect(await intake(request({ pieces }))).toMatchObject(fault('attachment.unreadable', 'a PDF of nothing'))
})

test.runIf(process.platform !== 'win32')('a path that is too long is told so', async () => {
  const long = at(...Array.from({ length: 12 }, () => 'd'.repeat(60)))
  expect(await run('person', 'find', '--data', long, '--family-name', 'x')).toMatchObject(
    fault('register.readOnly', 'longer than 500 bytes'),
  )
})

test('an id that was used for another citizen gives none of his papers', async () => {
  expect(await intake(field('same-id-A.json'))).toMatchObject({ code: 0 })
  const out = at('b.pdf')
  expect(await intake(field('same-id-B.json'), '--out', out)).toMatchObject(fault('command.reused', ''))
  expect(existsSync(out)).toBe(false)
})

test.runIf(process.platform !== 'win32')('a reader that hangs up is no crash', async () => {
  const child = spawn('sh', ['-c', '"$0" "$1" --help | true', process.execPath, guichet], { env: environment() })
  expect(await text(child.stderr)).toBe('')
})

test('what was typed on any keyboard is kept in one form', async () => {
  for (const name of ['arabic-digits.json', 'names-nfd.json', 'native-lam-alef-fefb.json', 'native-zwnj.json'])
    expect(await intake(field(name))).toMatchObject({ code: 0 })
})
