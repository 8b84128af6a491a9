import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, rgb } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiptCommands } from '#electron/cli/receipt.ts'
import { openPress } from '#electron/press/openPress.ts'
import { counterKeyOf, serialiseCounterKeys } from '#electron/worker/seal/keys.ts'
import { factsDigest, nameDigest, signSeal } from '#electron/worker/seal/seal.ts'
import { counterId } from '#shared/ids.ts'
import { ok } from '#shared/result.ts'
import { aReceipt, someClaims } from '#tests/builders/receipt.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'

// What is tried: to show a genuine receipt with other words drawn over its own, and to hear "valid" without a warning.

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = counterKeyOf(privateKey, counterId.parse('RAB03-G2'), '2026-01-01T00:00:00Z')
const facts = aReceipt()
const digest = factsDigest(facts)
const { familyName, givenNames } = facts.citizen
const claims = someClaims({ facts: digest, name: nameDigest(`${familyName} ${givenNames}`, digest) })
let folder = ''
let genuine: Uint8Array
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'altered-'))
  await writeFile(join(folder, 'counter-keys.json'), serialiseCounterKeys([key]))
  const seal = signSeal(claims, { privateKey, kid: key.kid })
  genuine = valueOf(await openPress({ resourcesDir: resources }).make({ kind: 'receipt', facts, seal })).pdf
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const verified = async (bytes: Uint8Array, name?: string) => {
  const file = join(folder, 'shown.pdf')
  await writeFile(file, bytes)
  const command = receiptCommands.find((one) => one.name === 'receipt verify')
  if (command === undefined) throw new Error('no command')
  const said = valueOf(
    await command.run({
      options: name === undefined ? {} : { name },
      positionals: [file],
      dataDir: folder,
      platformUrl: undefined,
      env: {},
      json: true,
      signal: new AbortController().signal,
      stdin: () => Promise.resolve(ok(new Uint8Array())),
      progress: () => undefined,
      line: () => undefined,
    }),
  )
  return { text: said.text, json: said.json as { warnings: string[]; nameMatches?: boolean } } // of this command
}
/** Draws over the page as anybody can. */
const drawnOver = async (words: readonly string[]): Promise<Uint8Array> => {
  const pdf = await PDFDocument.load(genuine)
  const page = pdf.getPage(0)
  page.drawRectangle({ x: 40, y: 400, width: 500, height: 300, color: rgb(1, 1, 1) })
  for (const [at, word] of words.entries()) page.drawText(word, { x: 60, y: 680 - 30 * at, size: 14 })
  return pdf.save()
}

test('other words over the sealed ones are told one by one', async () => {
  const { json } = await verified(await drawnOver(['2026/RAB03-G2/000777', 'MALLORY Evil', '*****999']))
  expect(json.warnings).toContain('the paper shows another number: 2026/RAB03-G2/000777')
  expect(json.warnings).toContain('the paper shows another identity: *****999')
})

test('what no program can tell is said of every paper, the genuine one too', async () => {
  for (const bytes of [genuine, await drawnOver(['MALLORY Evil'])]) {
    const { json, text } = await verified(bytes)
    expect(json.warnings.at(-1)).toMatch(/^the seal proves the deposit, not this page/)
    expect(text).toContain('warning the seal proves the deposit, not this page')
  }
})

test('the name that stands on the page is held against the sealed one', async () => {
  expect((await verified(genuine, `${familyName} ${givenNames}`)).json.nameMatches).toBe(true)
  const { json } = await verified(await drawnOver(['MALLORY Evil']), 'MALLORY Evil')
  expect(json.nameMatches).toBe(false)
  expect(json.warnings).toContain('the sealed name is not: MALLORY Evil')
})
