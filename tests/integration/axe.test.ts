import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { ConsoleMessage, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDemoSite, type DemoSite } from '../../scripts/demoSite.ts'

let site: DemoSite
let folder: string
let pages: Record<'fr' | 'ar', Page>
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
interface Screen {
  readonly name: string
  readonly demo: string
  readonly path: string
  readonly file?: number
  readonly keys?: readonly string[]
}
const screens: readonly Screen[] = [
  { name: 'login', demo: 'login', path: '/' },
  { name: 'refused login', demo: 'login', path: '/', keys: ['agent', 'Enter', 'wrong', 'Enter'] },
  { name: 'login with a known card', demo: 'loginCard', path: '/' },
  { name: 'login with a card and its PIN', demo: 'loginPin', path: '/', keys: ['wrong', 'Enter', '9999', 'Enter'] },
  { name: 'login with a card of nobody', demo: 'loginUnknown', path: '/' },
  { name: 'locked', demo: 'locked', path: '/' },
  { name: 'new passphrase', demo: 'create', path: '/' },
  { name: 'passphrase', demo: 'unlock', path: '/' },
  { name: 'failed start', demo: 'failed', path: '/' },
  { name: 'refused rescue', demo: 'failed', path: '/', keys: ['Tab', 'Tab', 'chef', 'Tab', 'wrong', 'Enter'] },
  { name: 'home', demo: 'typical', path: '/' },
  { name: 'empty home', demo: 'empty', path: '/' },
  { name: 'home with faults', demo: 'faults', path: '/' },
  { name: 'home with long names', demo: 'longNames', path: '/' },
  { name: 'command palette', demo: 'typical', path: '/', keys: ['Control+k'] },
  { name: 'sheet of shortcuts', demo: 'typical', path: '/', keys: ['?'] },
  { name: 'print again', demo: 'typical', path: '/', keys: ['F8'] },
  { name: 'counter', demo: 'typical', path: '/counter' },
  { name: 'empty counter', demo: 'empty', path: '/counter' },
  { name: 'counter with faults', demo: 'faults', path: '/counter' },
  { name: 'counter before a closed chip', demo: 'accessNeeded', path: '/counter' },
  { name: 'counter after a wrong access number', demo: 'accessRefused', path: '/counter' },
  { name: 'counter before a chip that says nothing', demo: 'chipSilent', path: '/counter' },
  { name: 'drawer of simulated cards', demo: 'drawer', path: '/counter' },
  { name: 'counter with the word of a program', demo: 'declared', path: '/counter' },
  { name: 'counter with a copied chip', demo: 'icaoCopy', path: '/counter' },
  { name: 'signature of the citizen', demo: 'pieces', path: '/counter', keys: ['s'] },
  { name: 'signature with a wrong PIN', demo: 'pieces', path: '/counter', keys: ['s', '9999', 'Enter'] },
  { name: 'counter with long names', demo: 'longNames', path: '/counter' },
  { name: 'sync', demo: 'offline', path: '/sync' },
  { name: 'sync with faults', demo: 'faults', path: '/sync' },
  { name: 'corrections', demo: 'refused', path: '/corrections' },
  { name: 'corrections of an agent', demo: 'faults', path: '/corrections' },
  { name: 'nothing to correct', demo: 'typical', path: '/corrections' },
  { name: 'correction form', demo: 'refused', path: '/corrections', keys: ['F6'] },
  { name: 'correction form without a reason', demo: 'refused', path: '/corrections', keys: ['F6', 'Control+Enter'] },
  { name: 'cancellation by two people', demo: 'refused', path: '/corrections', keys: ['F7', 'Control+Enter'] },
  { name: 'sync on a stick', demo: 'refused', path: '/sync' },
  { name: 'day', demo: 'supervisor', path: '/day' },
  { name: 'closing a day', demo: 'supervisor', path: '/day', keys: ['F9'] },
  { name: 'closed day', demo: 'supervisor', path: '/day', keys: ['F9', 'Control+Enter'] },
  { name: 'day that is blocked', demo: 'supervisorFaults', path: '/day' },
  { name: 'day without acts', demo: 'supervisorEmpty', path: '/day' },
  { name: 'journal', demo: 'supervisor', path: '/journal', keys: ['F9'] },
  { name: 'broken journal', demo: 'supervisorFaults', path: '/journal', keys: ['F9'] },
  { name: 'journal without closings', demo: 'supervisorEmpty', path: '/journal' },
  { name: 'devices', demo: 'typical', path: '/devices' },
  { name: 'devices with faults', demo: 'faults', path: '/devices' },
  { name: 'a machine that is not enrolled', demo: 'notEnrolled', path: '/devices' },
  { name: 'enrolment by code', demo: 'notEnrolled', path: '/devices', keys: ['F7'] },
  { name: 'a refused code', demo: 'notEnrolled', path: '/devices', keys: ['F7', 'wrong', 'Control+Enter'] },
  { name: 'a revoked machine', demo: 'revoked', path: '/devices' },
  { name: 'terms of personal data', demo: 'supervisor', path: '/personal-data' },
  { name: 'access log', demo: 'supervisor', path: '/personal-data', keys: ['Shift+Tab', 'Shift+Tab', 'ArrowRight'] },
  { name: 'no personal data', demo: 'noPersonalData', path: '/personal-data' },
  { name: 'a person asks', demo: 'supervisor', path: '/personal-data', keys: ['F7', 'xk123', 'Enter'] },
  { name: 'accounts', demo: 'accounts', path: '/accounts' },
  { name: 'accounts of a supervisor', demo: 'supervisor', path: '/accounts' },
  { name: 'card to be bound', demo: 'bindClosed', path: '/accounts', keys: ['F7'] },
  { name: 'country signers', demo: 'accounts', path: '/trust' },
  { name: 'a file of country signers', demo: 'accounts', path: '/trust', file: 300 },
  { name: 'a list whose signer was compared', demo: 'accounts', path: '/trust', file: 300, keys: ['Space'] },
  { name: 'a list of most countries', demo: 'accounts', path: '/trust', file: 3000 },
  { name: 'a file that is none', demo: 'accounts', path: '/trust', file: 20 },
  { name: 'country signer to be removed', demo: 'accounts', path: '/trust', keys: ['F6'] },
  { name: 'no country signers', demo: 'noSigners', path: '/trust' },
  { name: 'country signers without devices', demo: 'signersFault', path: '/trust' },
  { name: 'face compared', demo: 'typical', path: '/counter', keys: ['F9'] },
  { name: 'earlier deposits', demo: 'typical', path: '/counter', keys: ['F5'] },
  { name: 'gallery', demo: 'typical', path: '/gallery' },
]
const everything = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** A theme changes colours and nothing else: the second one is examined for contrast alone. */
const looks = [
  { language: 'fr', second: 'dark' },
  { language: 'ar', second: 'contrast' },
] as const

/** What axe and the console have to say against one screen in one language. */
async function complaintsAbout(
  { demo, path, keys, file }: Screen,
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
  await page.goto(`${site.address}?demo=${demo}&lang=${language}&theme=light#${path}`)
  await page.locator('main').first().waitFor()
  if (file !== undefined) {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.ml', mimeType: 'application/octet-stream', buffer: Buffer.alloc(file) })
    await page.waitForTimeout(150)
  }
  for (const key of keys ?? [])
    await (key.length > 6 || /^[A-Z]|^\?$/.test(key) ? page.keyboard.press(key) : page.keyboard.type(key))
  await page.waitForTimeout(150)
  const builder = (): AxeBuilder => new AxeBuilder({ page })
  const light = await builder().withTags(everything).analyze()
  await page.evaluate((theme) => {
    document.documentElement.dataset['theme'] = theme
  }, second)
  const other = await builder().withRules('color-contrast').analyze()
  page.off('pageerror', crash)
  page.off('console', say)
  const told = ({ violations }: typeof light): string[] =>
    violations.map(
      (one) =>
        `${one.id}: ${one.nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    )
  return [...told(light), ...told(other).map((one) => `${second}: ${one}`), ...complaints].map(
    (one) => `${language}: ${one}`,
  )
}

it.each(screens)('axe finds nothing: $name', async (screen) => {
  expect((await Promise.all(looks.map((look) => complaintsAbout(screen, look)))).flat()).toEqual([])
})
