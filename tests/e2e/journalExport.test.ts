import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchGuichet, type Guichet } from './harness.ts'

let folder: string
let guichet: Guichet
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-export-'))
  guichet = await launchGuichet({ dataDir: join(folder, 'data'), env: { GUICHET_DEMO: '1' } })
})
afterAll(async () => {
  await guichet.close()
  rmSync(folder, { recursive: true, force: true })
})

it('the journal goes whole into the file that the person chose in the dialog of the system, and nothing else is left there', async () => {
  const { app, page } = guichet
  const file = join(folder, 'for the auditor.jsonl')
  // The dialog itself cannot be driven: it is answered as a person would.
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await page.getByTestId('demo-supervisor').click({ timeout: 60_000 })
  await page.getByTestId('nav-journal').click({ timeout: 30_000 })
  await page.getByTestId('journal-row').first().waitFor({ timeout: 30_000 })
  await page.locator('[aria-haspopup=menu]').filter({ hasText: 'Exporter' }).click()
  await page.getByTestId('menu-jsonl').click()
  await page.getByText('for the auditor.jsonl').waitFor({ timeout: 30_000 })
  const [first, ...links] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(first).toMatchObject({ format: 'guichet-journal-1', links: links.length })
  expect(links.at(-1)?.['hash']).toBe(first?.['head'])
  expect(readdirSync(folder).sort()).toEqual(['data', 'for the auditor.jsonl'])
})
