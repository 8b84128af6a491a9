import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Said } from '#electron/cli/command.ts'
import { receiptCommands } from '#electron/cli/receipt.ts'
import { openPress } from '#electron/press/openPress.ts'
import { counterKeyOf, serialiseCounterKeys } from '#electron/worker/seal/keys.ts'
import { factsDigest, nameDigest, signSeal } from '#electron/worker/seal/seal.ts'
import { counterId, registerNumber } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import { aReceipt, someClaims } from '#tests/builders/receipt.ts'
import { output } from './pdfTools.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = counterKeyOf(privateKey, counterId.parse('RAB03-G2'), '2026-01-01T00:00:00Z')
const claims = someClaims({ facts: factsDigest(aReceipt()) })
const seal = signSeal(claims, { privateKey, kid: key.kid })
const resourcesDir = join(import.meta.dirname, '../../resources')
let dataDir = ''
const compare =
  'the seal proves the deposit, not this page: compare number, procedure, identity, pieces and last day with what you see'

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'verify-'))
  await writeFile(join(dataDir, 'counter-keys.json'), serialiseCounterKeys([key]))
  const paper = openPress({ resourcesDir })
  const pdf = await paper.make({ kind: 'receipt', facts: aReceipt(), seal })
  const other = await paper.make({ kind: 'receipt', facts: aReceipt({ number: '2026/RAB03-G2/000124' }), seal })
  if (!pdf.ok || !other.ok) throw new Error('no paper')
  await writeFile(join(dataDir, 'receipt.pdf'), pdf.value.pdf)
  await writeFile(join(dataDir, 'copied.pdf'), other.value.pdf)
  await output('pdftoppm', ['-r', '200', '-png', '-singlefile', join(dataDir, 'receipt.pdf'), join(dataDir, 'receipt')])
  await output('convert', [
    join(dataDir, 'receipt.png'),
    '-rotate',
    '3',
    '-quality',
    '80',
    join(dataDir, 'receipt.jpg'),
  ])
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function verify(
  source: string,
  options: Record<string, string> = {},
  input: string | Buffer = '',
): Promise<Result<Said>> {
  const command = receiptCommands.find((one) => one.name === 'receipt verify')
  if (command === undefined) throw new Error('no command')
  return command.run({
    options,
    positionals: [source],
    dataDir,
    platformUrl: undefined,
    env: {},
    json: true,
    signal: new AbortController().signal,
    stdin: () => Promise.resolve(ok(Uint8Array.from(typeof input === 'string' ? Buffer.from(input) : input))),
    progress: () => undefined,
    line: () => undefined,
  })
}

test.each(['text', 'receipt.png', 'receipt.jpg', 'receipt.pdf', 'stdin'])(
  'a printed seal is accepted offline from %s',
  async (from) => {
    const source = from === 'text' ? seal : from === 'stdin' ? '-' : join(dataDir, from)
    expect(await verify(source, {}, `${seal}\n`)).toMatchObject({
      ok: true,
      value: { json: { valid: true, ...claims, warnings: [compare] } },
    })
  },
)

test('a seal copied to another paper is valid, with a warning that names what differs', async () => {
  const result = await verify(join(dataDir, 'copied.pdf'))
  expect(result).toMatchObject({
    value: {
      json: {
        warnings: [
          'the paper does not show this number: 2026/RAB03-G2/000123',
          'the paper shows another number: 2026/RAB03-G2/000124',
          compare,
        ],
      },
    },
  })
})

describe('a scan', () => {
  /** A PDF of one picture, as a scanner makes it. */
  const scanned = async (picture: string) => {
    const document = await PDFDocument.create()
    const image = await document.embedPng(await readFile(join(dataDir, picture)))
    document.addPage([image.width, image.height]).drawImage(image)
    const file = join(dataDir, `${picture}.pdf`)
    await writeFile(file, await document.save())
    return verify(file)
  }

  test('has no words that could contradict the seal: it is to be compared, as a picture is', async () => {
    expect(await scanned('receipt.png')).toMatchObject({
      value: { json: { valid: true, warnings: [compare] } },
    })
  })

  test('of two receipts on one glass tells both, and a false one beside a genuine one is not passed over', async () => {
    const glass = async (name: string, two: string): Promise<string> => {
      const receipt = await openPress({ resourcesDir }).make({ kind: 'receipt', facts: aReceipt(), seal: two })
      if (!receipt.ok) throw new Error('no paper')
      await writeFile(join(dataDir, 'two.pdf'), receipt.value.pdf)
      await output('pdftoppm', ['-r', '200', '-png', '-singlefile', join(dataDir, 'two.pdf'), join(dataDir, 'two')])
      await output('convert', ['+append', join(dataDir, 'receipt.png'), join(dataDir, 'two.png'), join(dataDir, name)])
      return name
    }
    const second = { ...claims, number: registerNumber.parse('2026/RAB03-G2/000124') }
    const both = await glass('both.png', signSeal(second, { privateKey, kid: key.kid }))
    const said = await scanned(both)
    expect(said).toMatchObject({ value: { json: { valid: true, warnings: [compare] } } })
    expect(said.ok ? said.value.text : '').toMatch(/000123[^]*000124|000124[^]*000123/u)
    const { privateKey: foreign } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const mixed = await glass('mixed.png', signSeal(second, { privateKey: foreign, kid: key.kid }))
    expect(await scanned(mixed)).toMatchObject({
      fault: { code: 'seal.badSignature', detail: expect.stringMatching(/seal \d of 2/u) as string },
    })
  })
})

test.each([
  ['in quotes', `"${seal}"`],
  ['with spaces that do not break', ` ${seal.replaceAll(' ', '\u00a0')}`],
  ['in small letters', seal.toLowerCase()],
  ['wrapped and quoted by a mail', `> ${seal.slice(0, 76)}\r\n> ${seal.slice(76, 152)}\r\n> ${seal.slice(152)}\r\n`],
])('a seal that was copied %s is the same seal', async (_, copied) => {
  expect(await verify(copied)).toMatchObject({ ok: true })
  expect(await verify('-', {}, copied)).toMatchObject({ ok: true })
})

test('what is no seal is told what one begins with; a TIFF and a text of another encoding are told so', async () => {
  const said = async (source: string, input: string | Buffer = ''): Promise<string> => {
    const told = await verify(source, {}, input)
    return told.ok ? 'valid' : `${told.fault.code}: ${told.fault.detail ?? ''}`
  }
  expect(await said('nowhere.png')).toMatch(
    /^file\.unreadable: nowhere\.png: there is no such file; a seal begins with GU1:$/u,
  )
  expect(await said('-', 'hello')).toBe('seal.malformed: a seal begins with GU1:')
  expect(await said('-', Buffer.from('II*\0 fax', 'latin1'))).toMatch(/^file\.unreadable: a TIFF/u)
  expect(await said('-', Buffer.from(`\ufeff${seal}`, 'utf16le'))).toMatch(/^seal\.malformed: UTF-16/u)
})

test('a changed seal is rejected', async () => {
  const letter = seal.at(-40) === 'K' ? 'L' : 'K'
  const changed = seal.slice(0, -40) + letter + seal.slice(-39)
  expect(await verify(changed)).toMatchObject({ ok: false, fault: { code: 'seal.badSignature' } })
  expect(await verify('GU1:NOT A SEAL')).toMatchObject({ ok: false, fault: { code: 'seal.malformed' } })
})

test('keys come from the data folder or from a file that is named', async () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = join(dataDir, 'other.json')
  await writeFile(keys, serialiseCounterKeys([counterKeyOf(other.publicKey, key.counter, key.validFrom)]))
  expect(await verify(seal, { keys })).toMatchObject({ fault: { code: 'seal.unknownKey' } })
  expect(await verify(seal, { keys: join(dataDir, 'none.json') })).toMatchObject({ fault: { code: 'file.unreadable' } })
  expect((await readFile(join(dataDir, 'counter-keys.json'), 'utf8')).includes('"d"')).toBe(false)
})

test('a name on the paper is compared with the sealed one, however it is written', async () => {
  const digest = factsDigest(aReceipt())
  const named = signSeal(someClaims({ facts: digest, name: nameDigest('El Amrani Zinéb', digest) }), {
    privateKey,
    kid: key.kid,
  })
  for (const name of ['EL AMRANI Zineb', 'el  amrani ZINÉB'])
    expect(await verify(named, { name })).toMatchObject({ value: { json: { nameMatches: true, warnings: [compare] } } })
  expect(await verify(named, { name: 'MALLORY Zineb' })).toMatchObject({
    value: { json: { nameMatches: false, warnings: [compare, 'the sealed name is not: MALLORY Zineb'] } },
  })
  const { name: _, ...before } = claims
  expect(await verify(signSeal(before, { privateKey, kid: key.kid }), { name: 'X' })).toMatchObject({
    value: { json: { warnings: [compare, 'the seal of this version holds no name to compare'] } },
  })
})
