import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDemoSite, type DemoSite } from './demoSite.ts'

/** One screen, in one state, after some keys (`type:` for text). `readme`: the languages also kept in docs/pictures. */
interface Picture {
  readonly name: string
  readonly demo: string
  readonly path: string
  readonly keys?: readonly string[]
  readonly readme?: readonly string[]
}

const pictures: readonly Picture[] = [
  { name: 'login', demo: 'login', path: '/' },
  { name: 'passphrase', demo: 'create', path: '/' },
  { name: 'home', demo: 'typical', path: '/' },
  { name: 'home-empty', demo: 'empty', path: '/' },
  { name: 'home-offline', demo: 'offline', path: '/', readme: ['ar'] },
  { name: 'counter', demo: 'typical', path: '/counter', keys: ['type:permis', 'Enter', 'Space', 'ArrowDown', 'Space'], readme: ['fr', 'ar'] },
  { name: 'counter-empty', demo: 'empty', path: '/counter' },
  { name: 'counter-faults', demo: 'faults', path: '/counter' },
  { name: 'counter-long-names', demo: 'longNames', path: '/counter' },
  { name: 'counter-incomplete', demo: 'incomplete', path: '/counter' },
  { name: 'counter-paper-out', demo: 'outOfPaper', path: '/counter', keys: ['Control+Enter'] },
  { name: 'counter-chip-closed', demo: 'accessNeeded', path: '/counter' },
  { name: 'counter-permit', demo: 'icao', path: '/counter' },
  { name: 'sync', demo: 'offline', path: '/sync' },
  { name: 'sync-faults', demo: 'faults', path: '/sync' },
  { name: 'devices', demo: 'typical', path: '/devices' },
  { name: 'devices-faults', demo: 'faults', path: '/devices' },
  { name: 'palette', demo: 'typical', path: '/', keys: ['Control+k'] },
  { name: 'shortcuts', demo: 'typical', path: '/counter', keys: ['F1'] },
]
const size = { width: 1366, height: 768 }
/** Every picture is taken at the same moment, so that two runs give the same files. */
const moment = new Date('2026-11-21T10:42:00Z')

async function take(site: DemoSite, picture: Picture, language: string, theme: string, files: readonly string[]): Promise<void> {
  const context = await site.browser.newContext({ viewport: size, timezoneId: 'UTC', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.clock.setFixedTime(moment)
  await page.goto(`${site.address}?demo=${picture.demo}&lang=${language}&theme=${theme}#${picture.path}`)
  await page.locator('main').waitFor()
  await page.evaluate(() => document.fonts.ready)
  for (const key of picture.keys ?? []) {
    await (key.startsWith('type:') ? page.keyboard.type(key.slice(5)) : page.keyboard.press(key))
    await page.waitForTimeout(120)
  }
  await page.waitForTimeout(400)
  for (const path of files) await page.screenshot({ path })
  await context.close()
}

const work = await mkdtemp(join(tmpdir(), 'guichet-pictures-'))
const all = join(import.meta.dirname, '../out/pictures')
const kept = join(import.meta.dirname, '../docs/pictures')
await Promise.all([mkdir(all, { recursive: true }), mkdir(kept, { recursive: true })])
const site = await openDemoSite(work)
for (const picture of pictures) {
  for (const language of ['fr', 'ar']) {
    const file = `${picture.name}-${language}.png`
    await take(site, picture, language, 'light', [join(all, file), ...(picture.readme?.includes(language) === true ? [join(kept, file)] : [])])
    await take(site, picture, language, 'dark', [join(all, `${picture.name}-${language}-dark.png`)])
  }
}
await site.close()
await rm(work, { recursive: true })
console.log(`${String(pictures.length * 4)} pictures in out/pictures, the README's in docs/pictures`)
