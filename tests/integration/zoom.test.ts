import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemoSite, type DemoSite } from '../../scripts/demoSite.ts'
import { stillness } from '../../scripts/stillness.ts'

/** The screens that are supported, as the page sees them: in CSS pixels, at 100 % and zoomed to 125, 150 and 200 %. */
const sizes = [
  [1366, 768],
  [1093, 614],
  [1024, 640],
  [911, 512],
  [683, 384],
] as const

let site: DemoSite
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-zoom-'))
  site = await openDemoSite(folder)
})
afterAll(async () => {
  await site.close()
  await rm(folder, { recursive: true })
})

test.each(['fr', 'ar'])(
  'in %s the act at hand is in sight at every size, before the deposit and after it',
  async (language) => {
    const page = await site.browser.newPage({ reducedMotion: 'reduce' })
    await page.goto(`${site.address}?demo=pieces&lang=${language}&theme=light#/counter`)
    const outOfSight = async (id: string): Promise<string[]> => {
      const act = page.getByTestId(id)
      await act.waitFor()
      const found: string[] = []
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        const box = await act.boundingBox()
        const whole =
          box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (!whole || overflow > 0) found.push(`${id} at ${String(width)} × ${String(height)}`)
      }
      return found
    }
    expect(await outOfSight('confirm')).toEqual([])
    await page.keyboard.press('Control+Enter')
    expect(await outOfSight('next-citizen')).toEqual([])
    await page.close()
  },
)

test('what an empty field asks for begins where the page begins', async () => {
  const page = await site.browser.newPage({ reducedMotion: 'reduce' })
  for (const [language, direction] of [
    ['ar', 'rtl'],
    ['fr', 'ltr'],
  ] as const)
    for (const path of ['counter', 'home', 'corrections']) {
      await page.goto(`${site.address}?demo=typical&lang=${language}&theme=light#/${path}`)
      const empty = page.locator('main :is(input, textarea):placeholder-shown')
      await empty.first().waitFor()
      // A field that is drawn anew while it is asked is in no page, and has no direction.
      await stillness(page)
      const found = await empty.evaluateAll((fields) => fields.map((field) => getComputedStyle(field).direction))
      expect([language, path, [...new Set(found)]]).toEqual([language, path, [direction]])
    }
  await page.close()
})

test.each(['fr', 'ar'])(
  'in %s a long list of pieces cuts no word: original or copy, and who is asked',
  async (language) => {
    const page = await site.browser.newPage({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce' })
    await page.goto(`${site.address}?demo=pieces&lang=${language}&theme=light#/counter`)
    const pieces = page.locator('[data-testid^="piece-"]')
    await pieces.nth(8).waitFor()
    const cut = await pieces.evaluateAll((rows) =>
      rows.flatMap((row) =>
        [...row.querySelectorAll('.words, .label, .hint, .switch, .switch > span')].flatMap((part) =>
          part.scrollWidth > part.clientWidth + 1 ? [part.textContent] : [],
        ),
      ),
    )
    expect(cut).toEqual([])
    await page.close()
  },
)
