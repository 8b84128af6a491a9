import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { root } from '#scripts/runtime.ts'
import { createAuthority, type Authority } from '#drivers/fake/belgian/authority.ts'
import { createBelgianCard } from '#drivers/fake/belgian/belgianCard.ts'
import { citizen } from '#drivers/fake/belgian/persons.ts'
import { withFaults, type CardFaults, type CardLink } from '#drivers/fake/faultyCard.ts'
import { plugCard, type PluggedCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd } from '#tests/emulators/pcscd.ts'
import { startPrinterBench, type PrinterBench } from '#tests/emulators/printer/bench.ts'
import { startPostgres } from '#tests/platform/postgres.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { launchGuichet, type Guichet } from './harness.ts'

/** A whole desk of real parts: PC/SC service and reader, CUPS and printer, PostgreSQL and platform, and the window. */
export interface Desk {
  readonly platform: RunningPlatform
  readonly printer: PrinterBench
  /** The data folder of the counter: a second `open` is a restart on the same register. */
  readonly dataDir: string
  open(): Promise<Guichet>
  /** The administration whose cards are trusted here. */
  readonly authority: Authority
  insertCard(faults?: CardFaults): Promise<PluggedCard>
  insert(link: CardLink): Promise<PluggedCard>
  /** Rows of the platform's database. */
  query<T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]>
  close(): Promise<void>
}

/**
 * Sets up a desk that believes the given countries; `close` takes everything down again.
 * @param operator of a platform that enrols nobody by itself: the desk is no demonstration then, and begins by its
 *   office file
 */
export async function setUpDesk(countrySigners: readonly Uint8Array[] = [], operator?: string): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-desk-'))
  const [dataDir, trustDir] = [join(folder, 'data'), mkdtempSync(join(folder, 'trust-'))]
  const authority = await createAuthority('ec', new Date())
  writeFileSync(join(trustDir, 'root.der'), authority.root)
  const cscaDir = mkdtempSync(join(folder, 'csca-'))
  for (const [index, signer] of countrySigners.entries()) writeFileSync(join(cscaDir, `${String(index)}.der`), signer)
  const photo = readFileSync(join(root, 'resources/specimen/citizen.jpg'))
  const [pcscd, printer, postgres] = await Promise.all([openPcscd(), startPrinterBench(), startPostgres()])
  const platform = await startPlatform({
    databaseUrl: postgres.url,
    faults: true,
    log: () => undefined,
    ...(operator === undefined ? {} : { operator, openCode: '' }),
  })
  const insert = (link: CardLink): Promise<PluggedCard> => plugCard(link, pcscd.ports[0])
  const database = new pg.Pool({ connectionString: postgres.url, max: 1 })
  return {
    platform,
    printer,
    dataDir,
    open: () =>
      launchGuichet({
        dataDir,
        env: {
          ...(operator === undefined ? { GUICHET_DEMO: '1', GUICHET_PLATFORM: platform.url } : {}),
          GUICHET_TRUST: trustDir,
          GUICHET_CSCA: cscaDir,
          CUPS_SERVER: printer.server,
          ...pcscd.env,
        },
      }),
    authority,
    insertCard: (faults) =>
      insert(withFaults(createBelgianCard({ person: citizen(new Date()), photo, authority }), faults)),
    insert,
    query: async <T extends pg.QueryResultRow>(sql: string) => (await database.query<T>(sql)).rows,
    close: async () => {
      await database.end()
      await platform.close()
      await Promise.all([postgres.stop(), printer.stop(), pcscd.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Signs in with the keyboard alone and opens the counter. */
export async function signIn(page: Page, login = 'agent'): Promise<void> {
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  await page.getByTestId('login-name').waitFor()
  await page.keyboard.type(login)
  await page.keyboard.press('Enter')
  await page.keyboard.type('guichet-demo')
  await page.keyboard.press('Enter')
  await page.getByTestId('nav-counter').waitFor({ timeout: 30_000 })
  await page.keyboard.press('Alt+2')
  await page.getByTestId('procedure-search').waitFor()
}

/** Chooses a procedure by a few letters, receives every piece that the citizen brings, with the keyboard alone. */
export async function fillRequest(page: Page, words: string): Promise<void> {
  await page.keyboard.press('F3')
  await page.keyboard.type(words)
  await page.getByTestId('procedure-option').first().waitFor()
  await page.keyboard.press('Enter')
  const pieces = page.locator('[data-testid^="piece-"]')
  await pieces.first().waitFor()
  for (let at = 0; at < (await pieces.count()); at += 1) {
    await pieces.nth(at).locator('input[type=checkbox]').first().focus()
    await page.keyboard.press('Space')
  }
}

/** Confirms and returns the number given. */
export async function confirm(page: Page): Promise<string> {
  await page.keyboard.press('Control+Enter')
  const number = page.getByTestId('receipt-number')
  await number.waitFor({ timeout: 30_000 })
  return (await number.innerText()).replaceAll(/\s/g, '')
}

/** Waits until the print state of the newest receipt is this. */
export const printState = (page: Page, state: string, timeout = 30_000): Promise<void> =>
  page.locator(`[data-testid="print-state"][data-state="${state}"]`).first().waitFor({ timeout })

/** Where the card in the reader is mute: types an identity instead, with the keyboard but for the reason. */
export async function typeInstead(page: Page): Promise<void> {
  await page.locator('[data-code="card.mute"]').first().waitFor({ timeout: 30_000 })
  await page.getByTestId('type-identity').press('Enter')
  await page.locator('[data-testid="typed-family-name"]:focus').waitFor({ timeout: 30_000 })
  await page.keyboard.type('Zzessai')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Muette')
  await page.getByTestId('typed-reason').selectOption('cardUnreadable')
  await page.getByTestId('typed-given-names').press('Enter')
}
