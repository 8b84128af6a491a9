import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe, { type RunOnly } from 'axe-core'
import type { ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDemoSite, type DemoSite } from '../../scripts/demoSite.ts'
import { stillness } from '../../scripts/stillness.ts'

/** The smallest window that is supported, in CSS pixels. */
const smallest = { width: 1366, height: 768 } as const
let site: DemoSite
let folder: string
let pages: Record<'fr' | 'ar', Page>
/** The screens of the demonstration, built and served once for each file of tests. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-axe-'))
  site = await openDemoSite(folder)
  // A context each: two pages of one window are drawn in turns.
  const open = async (): Promise<Page> =>
    (await site.browser.newContext({ viewport: smallest, reducedMotion: 'reduce' })).newPage()
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

/** Brings a page to a screen. */
async function show(
  page: Page,
  { demo, path, keys, file, page: own, touches }: Screen,
  language: 'fr' | 'ar',
): Promise<void> {
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
}

/** What axe and the console have to say against one screen in one language. */
async function complaintsAbout(screen: Screen, { language, second }: (typeof looks)[number]): Promise<string[]> {
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
  await show(page, screen, language)
  await page.evaluate(axe.source)
  const light = await violations(page, everything)
  if (screen.page === undefined)
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

/** The smallest window, as it is at 150 % and at 200 %, in CSS pixels. */
const zoomed = { 150: { width: 911, height: 512 }, 200: { width: 683, height: 384 } } as const

/** Texts that end where their box does, with nothing that says so: neither wrapped nor with an ellipsis. */
const cutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const cuts = (style: CSSStyleDeclaration): boolean => ['hidden', 'clip'].includes(style.overflowX)
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const range = document.createRange()
      range.selectNodeContents(text)
      const { left, right, width, height } = range.getBoundingClientRect()
      const { parentElement: own } = text
      if (text.textContent?.trim() === '' || width === 0 || height === 0 || own === null) continue
      if (own.closest('.only-spoken, [aria-hidden=true], svg, [role=img]') !== null) continue
      for (let box: HTMLElement | null = own; box !== null; box = box.parentElement) {
        const style = getComputedStyle(box)
        // What scrolls, or says that there is more, cuts nothing.
        if (style.textOverflow === 'ellipsis' || ['auto', 'scroll'].includes(style.overflowX)) break
        const at = box.getBoundingClientRect()
        const beyond = left < at.left - 1 || right > at.right + 1
        const framed = style.borderInlineEndWidth !== '0px' || style.backgroundColor !== 'rgba(0, 0, 0, 0)'
        if (beyond && (cuts(style) || framed || box === document.body)) {
          found.push(`"${text.textContent?.trim() ?? ''}" in .${box.className.toString().replaceAll(' ', '.')}`)
          break
        }
      }
    }
    return [...new Set(found)]
  })

/** One test a screen: nothing of it is cut where a window is zoomed. */
export function nothingCut(screens: readonly Screen[]): void {
  it.each(screens)('no text is cut at 150 % and 200 %: $name', async (screen) => {
    const found = looks.map(async ({ language }) => {
      const page = pages[language]
      await show(page, screen, language)
      const cut: string[] = []
      for (const [zoom, size] of Object.entries(zoomed)) {
        await page.setViewportSize(size)
        await stillness(page)
        cut.push(...(await cutTexts(page)).map((one) => `${language} ${zoom} %: ${one}`))
      }
      await page.setViewportSize(smallest)
      return cut
    })
    expect((await Promise.all(found)).flat()).toEqual([])
  })
}
