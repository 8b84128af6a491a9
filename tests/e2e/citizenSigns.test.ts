import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { confirm, fillRequest, printState, setUpDesk, signIn, typeInstead, type Desk } from './desk.ts'
import type { Guichet } from './harness.ts'

let desk: Desk
let guichet: Guichet
let page: Page
const within = { timeout: 30_000 }
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'))

beforeAll(async () => {
  desk = await setUpDesk()
  guichet = await desk.open()
  page = guichet.page
  await signIn(page)
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await desk.close()
})

/** The deposit as the platform has it. */
const filed = (number: string) =>
  desk.query<{ envelope: string }>(
    `SELECT c.envelope FROM deposit d JOIN command c USING (counter_id, seq) WHERE d.number = '${number}'`,
  )

/** What the command line says of the data folder of this counter. */
async function cli(...words: readonly string[]): Promise<unknown> {
  const said = await promisify(execFile)(
    process.execPath,
    [join(root, 'electron/cli/guichet.ts'), ...words, '--json'],
    {
      env: {
        ...process.env,
        GUICHET_DATA: desk.dataDir,
        GUICHET_PASSPHRASE: 'one counter, one key',
        GUICHET_DEMO: '1',
      },
    },
  ).catch((failed: { stdout: string }) => failed)
  return JSON.parse(said.stdout)
}

test('after a mute card, an identity typed by hand and F4, the next card is served and offered to sign', async () => {
  const card = await desk.insertCard({ muteAt: 0 })
  await typeInstead(page)
  await page.getByTestId('citizen-name').waitFor(within)
  await fillRequest(page, 'residence')
  expect(await page.getByTestId('sign-offer').count()).toBe(0)
  await confirm(page)
  await card.pull()
  await expect.poll(() => page.getByTestId('status-reader').innerText(), within).toMatch(/retirée/)
  await page.keyboard.press('F4')
  await expect.poll(() => page.getByTestId('citizen-name').count(), within).toBe(0)
  const next = await desk.insertCard()
  await page.getByTestId('citizen-name').waitFor(within)
  await fillRequest(page, 'residence')
  await page.getByTestId('sign-offer').waitFor(within)
  await page.keyboard.press('F4')
  await next.pull()
  await expect.poll(() => page.getByTestId('status-reader').innerText(), within).toMatch(/retirée/)
  await expect.poll(() => page.getByTestId('citizen-name').count(), within).toBe(0)
})

test('the citizen signs the deposit with card and PIN; whoever has the paper and the signature can check both', async () => {
  await desk.insertCard()
  await expect
    .poll(() => page.locator('[data-testid=citizen-verdicts] .ui-badge.ok').allInnerTexts(), within)
    .toContain('Émetteur connu')
  await fillRequest(page, 'residence')
  await page.getByTestId('sign-offer').waitFor(within)
  await page.keyboard.press('s')
  await expect.poll(focused, within).toBe('sign-pin')
  await page.keyboard.type('1234')
  await page.keyboard.press('Enter')
  await page.locator('[data-testid=signed][data-chain=trusted]').waitFor(within)
  const number = await confirm(page)
  await printState(page, 'printed')
  await expect.poll(() => filed(number), within).toHaveLength(1)
  const [command] = await filed(number)
  expect(JSON.parse(command?.envelope ?? '{}')).toMatchObject({ data: { citizenSignature: { chain: 'trusted' } } })

  const folder = mkdtempSync(join(tmpdir(), 'guichet-paper-'))
  const [paper, signature] = [join(folder, 'receipt.pdf'), join(folder, 'signature.json')]
  writeFileSync(paper, (await desk.printer.received()).at(-1) ?? new Uint8Array())
  await guichet.close()
  writeFileSync(signature, JSON.stringify(await cli('receipt', 'signature', number)))
  expect(await cli('receipt', 'verify', paper, '--signature', signature)).toMatchObject({
    valid: true,
    number,
    // What is said of every paper, and nothing else.
    warnings: [expect.stringContaining('the seal proves the deposit, not this page')],
    signed: { chain: 'trusted', signer: expect.stringContaining('Spécimen') },
  })
  rmSync(folder, { recursive: true })
})
