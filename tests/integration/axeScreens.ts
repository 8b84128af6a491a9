import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe, { type RunOnly } from 'axe-core'
import type { ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDemoSite, type DemoSite } from '../../scripts/demoSite.ts'
import { stillness } from '../../scripts/stillness.ts'

let site: DemoSite
let folder: string
let pages: Record<'fr' | 'ar', Page>
/** The screens of the demonstration, built and served once for each file of tests. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-axe-'))
  site = await openDemoSite(folder)
  // A context each: two pages of one window are drawn in turns.
  const open = async (): Promise<Page> =>
    (await site.browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })).newPage()
  pages = { fr: await open(), ar: await open() }
})
afterAll(async () => {
  await site.close()
  await rm(folder, { recursive: true })
})

/** One screen of the demonstration, after a file of so many bytes was handed in and some keys were typed. */
export interface Screen {
  readonly name: string
  readonly demo: string
  readonly path: string
  /** The page of a window that is not a clerk's, which no theme changes; some of it is touched before any key. */
  readonly page?: 'board' | 'kiosk'
  readonly touches?: readonly string[]
  readonly file?: number
  readonly keys?: readonly string[]
}
const everything: RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** A theme changes colours and nothing else: the second one is examined for contrast alone. */
const looks = [
  { language: 'fr', second: 'dark' },
  { language: 'ar', second: 'contrast' },
] as const

/** What axe finds on a page that has no frames: rules, each with its first places. */
const violations = (page: Page, runOnly: RunOnly): Promise<string[]> =>
  page.evaluate(async (rules) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: rules,
      resultTypes: ['violations'],
    })
    return found.violations.map(
      (one) =>
        `${one.id}: ${one.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    )
  }, runOnly)

/** What axe and the console have to say against one screen in one language. */
async function complaintsAbout(
  { demo, path, keys, file, page: own, touches }: Screen,
  { language, second }: (typeof looks)[number],
): Promise<string[]> {
  const page = pages[language]
  const complaints: string[] = []
  const crash = (error: Error): void => {
    complaints.push(error.message)
  }
  const say = (message: ConsoleMessage): void => {
    if (message.type() === 'error') complaints.push(message.text())
  }
  page.on('pageerror', crash)
  page.on('console', say)
  await page.goto('about:blank')
  const html = own === undefined ? '' : `${own}.html`
  await page.goto(`${site.address}${html}?demo=${demo}&lang=${language}&theme=light#${path}`)
  await page.locator('main').first().waitFor()
  await stillness(page)
  if (file !== undefined) {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.ml', mimeType: 'application/octet-stream', buffer: Buffer.alloc(file) })
    await stillness(page)
  }
  for (const touched of touches ?? []) {
    await page.getByTestId(touched).click()
    await stillness(page)
  }
  for (const key of keys ?? [])
    await (key.length > 6 || /^[A-Z]|^\?$/.test(key) ? page.keyboard.press(key) : page.keyboard.type(key))
  await stillness(page)
  await page.evaluate(axe.source)
  const light = await violations(page, everything)
  if (own === undefined)
    await page.evaluate((theme) => {
      document.documentElement.dataset['theme'] = theme
    }, second)
  const other = await violations(page, { type: 'rule', values: ['color-contrast'] })
  page.off('pageerror', crash)
  page.off('console', say)
  return [...light, ...other.map((one) => `${second}: ${one}`), ...complaints].map((one) => `${language}: ${one}`)
}

/** Puts one test a screen into the file that calls it. */
export function nothingToFind(screens: readonly Screen[]): void {
  it.each(screens)('axe finds nothing: $name', async (screen) => {
    expect((await Promise.all(looks.map((look) => complaintsAbout(screen, look)))).flat()).toEqual([])
  })
}
