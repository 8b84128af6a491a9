import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { launchGuichet } from '#tests/e2e/harness.ts'
import { root } from './runtime.ts'

export interface DemoOptions {
  dataDir: string
  /** Settings of the program, see electron/main/settings.ts. */
  env: Readonly<Record<string, string>>
  /** Emptied first; gets a picture of each step, and the receipt. */
  outDir: string
}

/**
 * Does the main job once in the real window: a citizen with a (simulated) card leaves with a receipt, and the platform
 * has the act.
 */
export async function demo({ dataDir, env, outDir }: DemoOptions): Promise<void> {
  rmSync(outDir, { recursive: true, force: true })
  const paperDir = join(outDir, 'paper')
  mkdirSync(paperDir, { recursive: true })
  const guichet = await launchGuichet({ dataDir, env: { ...env, GUICHET_SPOOL: paperDir } })
  const { page } = guichet
  let steps = 0
  const picture = async (name: string): Promise<void> => {
    steps += 1
    await guichet.screenshot(join(outDir, `${steps}-${name}.png`))
  }
  try {
    await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
    await picture('login')
    await page.getByTestId('demo-agent').click()
    await page.getByTestId('nav-counter').waitFor()
    await picture('home')

    await page.getByTestId('nav-counter').click()
    await page.getByTestId('simulate-card').click()
    await page.getByTestId('citizen-verdicts').waitFor()
    await picture('citizen')

    await page.getByTestId('procedure-search').click()
    await page.getByTestId('procedure-option').first().click()
    const pieces = page.locator('[data-testid^="piece-"] input[type=checkbox]')
    await pieces.first().waitFor()
    for (const piece of await pieces.all()) await piece.check()
    await picture('request')

    await page.getByTestId('confirm').click()
    const number = page.getByTestId('receipt-number')
    await number.waitFor()
    await page.locator('[data-testid="print-state"][data-state="printed"]').first().waitFor({ timeout: 60_000 })
    await picture('receipt')
    console.log(`Receipt ${(await number.innerText()).replace(/\s/g, '')}`)

    await page.getByTestId('nav-sync').click()
    await page.locator('[data-testid="sync-row"][data-state="applied"]').first().waitFor({ timeout: 60_000 })
    await picture('synchronised')
  } catch (cause) {
    await picture('stopped-here')
    console.error(guichet.log())
    throw cause
  } finally {
    await guichet.close()
  }
  const [printed] = readdirSync(paperDir)
  if (printed === undefined) throw new Error('no paper came out')
  copyFileSync(join(paperDir, printed), join(outDir, 'receipt.pdf'))
  rmSync(paperDir, { recursive: true })
  console.log(`The receipt and a picture of each step are in ${relative(root, outDir)}`)
}
