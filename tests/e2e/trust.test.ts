import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fingerprintOf } from '#drivers/card/profiles/icao/countrySigner.ts'
import { withFaults } from '#drivers/fake/faultyCard.ts'
import { createDocument } from '#drivers/fake/icao/document.ts'
import { resident, specimenCan } from '#drivers/fake/icao/holders.ts'
import { createIssuer, type Issuer } from '#drivers/fake/icao/issuer.ts'
import { specimenPhoto } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'
import { launchGuichet, type Guichet } from './harness.ts'

const today = new Date()
const within = { timeout: 30_000 }
let dataDir: string
let pcscd: Pcscd
let issuer: Issuer
let guichet: Guichet
let page: Page
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-trust-'))
  ;[pcscd, issuer] = await Promise.all([openPcscd(), createIssuer(today)])
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1', CUPS_SERVER: '127.0.0.1:9', ...pcscd.env } })
  page = guichet.page
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await pcscd.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Signs in with the keyboard, does something, signs out. */
async function as(login: string, act: () => Promise<void>): Promise<void> {
  await page.getByTestId('login-name').waitFor()
  for (const typed of [login, 'guichet-demo']) {
    await page.keyboard.type(typed)
    await page.keyboard.press('Enter')
  }
  await page.getByTestId('nav-devices').waitFor(within)
  await act()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('déconnecter')
  await page.keyboard.press('Enter')
}

async function open(words: string, shows: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await page.getByTestId(shows).waitFor(within)
}

/** An agent reads a permit; what is said of its issuer. */
const issuerSaid = async (): Promise<string> => {
  let said = ''
  await as('agent', async () => {
    await page.keyboard.press('Alt+2')
    const card = await plugCard(
      withFaults(
        createDocument({
          holder: resident(today),
          photo: specimenPhoto('foreigner'),
          sign: issuer.signGroups,
          can: specimenCan,
          pace: { cipher: 'AES-128', parameterId: 12 },
        }),
      ),
      pcscd.ports[0],
    )
    await page.getByTestId('access-can').waitFor(within)
    await page.getByTestId('access-can').fill(specimenCan)
    await page.keyboard.press('Enter')
    const verdict = page.locator('[data-testid=citizen-verdicts] .ui-badge').filter({ hasText: 'Émetteur' })
    await expect.poll(() => verdict.allInnerTexts(), within).toEqual([expect.stringMatching(/connu$/)])
    said = await verdict.innerText()
    await card.pull()
    await expect.poll(() => page.getByTestId('status-reader').innerText(), within).toMatch(/retirée/)
  })
  return said
}

it('an administrator makes a country believed and not believed: the next card says so, without a restart', async () => {
  expect(await issuerSaid()).toBe('Émetteur inconnu')
  await as('admin', async () => {
    await open('pays signataires', 'trust-add')
    await page.getByTestId('trust-file').setInputFiles({
      name: 'country.der',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(issuer.countrySigner),
    })
    await page.getByTestId('trust-review').waitFor(within)
    expect(await page.getByTestId('trust-review').getByTestId('signer-print').getAttribute('data-print')).toBe(
      fingerprintOf({ der: issuer.countrySigner }),
    )
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => page.getByTestId('trust-counts').innerText(), within).toContain('1 pays reconnu')
  })
  expect(await issuerSaid()).toBe('Émetteur connu')
  await as('admin', async () => {
    await open('pays signataires', 'trust-counts')
    await page.keyboard.press('Delete')
    await page.getByTestId('trust-remove-confirm').waitFor(within)
    await page.keyboard.press('Control+Enter')
    await expect.poll(() => page.getByTestId('trust-row').count(), within).toBe(0)
  })
  expect(await issuerSaid()).toBe('Émetteur inconnu')
})
