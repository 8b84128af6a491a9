import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openDemoSite, type DemoSite } from './demoSite.ts'
import { hallPictures } from './hallPictures.ts'
import { mailPictures } from './mailPictures.ts'
import type { Picture } from './picture.ts'
import { stillness } from './stillness.ts'

const pictures: readonly Picture[] = [
  { name: 'login', demo: 'login', path: '/' },
  { name: 'login-card', demo: 'loginCard', path: '/' },
  { name: 'login-pin', demo: 'loginPin', path: '/' },
  { name: 'login-locked', demo: 'locked', path: '/' },
  { name: 'passphrase', demo: 'create', path: '/' },
  { name: 'begin', demo: 'office', path: '/' },
  { name: 'begin-missing', demo: 'office', path: '/', keys: ['Tab', 'type:4tkw 9q2m hx7d', 'Enter'] },
  {
    name: 'begin-refused',
    demo: 'office',
    path: '/',
    file: { name: 'RAB03-G2.office', size: 300 },
    keys: ['type:4tkw 9q2m hx7d 0bzr 6vne 51jc gpa8 y3f1', 'Enter'],
  },
  {
    name: 'begin-not-office',
    demo: 'office',
    path: '/',
    file: { name: 'photo.jpg', size: 20 },
    keys: ['type:4tkw 9q2m hx7d 0bzr 6vne 51jc gpa8 y3f0', 'Enter'],
  },
  { name: 'rescue', demo: 'failed', path: '/' },
  {
    name: 'rescue-refused',
    demo: 'failed',
    path: '/',
    keys: ['Tab', 'Tab', 'type:supervisor', 'Tab', 'type:wrong', 'Enter'],
  },
  { name: 'home', demo: 'typical', path: '/home' },
  { name: 'home-empty', demo: 'empty', path: '/home' },
  { name: 'home-offline', demo: 'offline', path: '/home', readme: ['ar'] },
  {
    name: 'counter',
    demo: 'typical',
    path: '/counter',
    keys: ['type:permis', 'Enter', 'Space', 'ArrowDown', 'Space'],
    readme: ['fr', 'ar'],
  },
  { name: 'counter-empty', demo: 'empty', path: '/counter' },
  { name: 'counter-faults', demo: 'faults', path: '/counter' },
  { name: 'counter-long-names', demo: 'longNames', path: '/counter' },
  { name: 'counter-incomplete', demo: 'incomplete', path: '/counter' },
  {
    name: 'counter-paper-out',
    demo: 'outOfPaper',
    path: '/counter',
    keys: ['Control+Enter'],
    until: '[data-testid=print-state][data-state=blocked]',
  },
  {
    name: 'counter-deposited',
    demo: 'pieces',
    path: '/counter',
    keys: ['Control+Enter'],
    until: '[data-testid=print-state][data-state=printed]',
  },
  { name: 'counter-doubts', demo: 'tampered', path: '/counter', keys: ['Control+Enter'] },
  { name: 'counter-typed', demo: 'noReader', path: '/counter', keys: ['F9', 'type:El Alaoui', 'Tab', 'type:Khalil'] },
  { name: 'counter-draft-waits', demo: 'cardFailed', path: '/counter' },
  { name: 'counter-sign', demo: 'pieces', path: '/counter', keys: ['s'] },
  { name: 'counter-sign-wrong', demo: 'pieces', path: '/counter', keys: ['s', 'type:9999', 'Enter'] },
  { name: 'counter-signed', demo: 'pieces', path: '/counter', keys: ['s', 'type:1234', 'Enter'] },
  { name: 'counter-chip-closed', demo: 'accessNeeded', path: '/counter' },
  {
    name: 'counter-chip-refused',
    demo: 'accessRefused',
    path: '/counter',
    keys: [
      'F3',
      'Shift+Tab',
      'Shift+Tab',
      'Shift+Tab',
      'type:I<MARSP00000425<<<<<<<<<<<<<<<8809173F3311157MARZZ012345<<<3SPECIMEN<BENNANI<<YASMINE<<<<<',
    ],
  },
  { name: 'counter-chip-silent', demo: 'chipSilent', path: '/counter' },
  { name: 'counter-drawer', demo: 'drawer', path: '/counter' },
  { name: 'counter-permit', demo: 'icao', path: '/counter' },
  { name: 'counter-cnie', demo: 'cnie', path: '/counter' },
  { name: 'counter-declared', demo: 'declared', path: '/counter' },
  { name: 'counter-not-yet', demo: 'notYet', path: '/counter' },
  { name: 'counter-compare', demo: 'typical', path: '/counter', keys: ['Control+i'] },
  { name: 'counter-earlier', demo: 'typical', path: '/counter', keys: ['F5'] },
  { name: 'complement', demo: 'typical', path: '/counter', keys: ['F5', 'Enter'] },
  { name: 'sync', demo: 'offline', path: '/sync' },
  { name: 'sync-faults', demo: 'faults', path: '/sync' },
  { name: 'corrections', demo: 'refused', path: '/corrections' },
  { name: 'corrections-empty', demo: 'typical', path: '/corrections' },
  { name: 'corrections-form', demo: 'refused', path: '/corrections', keys: ['F9'] },
  { name: 'corrections-cancel', demo: 'refused', path: '/corrections', keys: ['Delete'] },
  {
    name: 'corrections-history',
    demo: 'refused',
    path: '/corrections',
    keys: ['Shift+Tab', 'Shift+Tab', 'ArrowRight'],
  },
  { name: 'day', demo: 'supervisor', path: '/day' },
  { name: 'day-confirm', demo: 'supervisor', path: '/day', keys: ['Control+Enter'] },
  { name: 'day-closed', demo: 'supervisor', path: '/day', keys: ['Control+Enter', 'Control+Enter'] },
  { name: 'day-blocked', demo: 'supervisorFaults', path: '/day' },
  { name: 'day-empty', demo: 'supervisorEmpty', path: '/day' },
  { name: 'journal', demo: 'supervisor', path: '/journal', keys: ['Control+Enter'] },
  { name: 'journal-broken', demo: 'supervisorFaults', path: '/journal', keys: ['Control+Enter'] },
  { name: 'journal-empty', demo: 'supervisorEmpty', path: '/journal' },
  { name: 'devices', demo: 'typical', path: '/devices' },
  { name: 'devices-not-enrolled', demo: 'notEnrolled', path: '/devices' },
  { name: 'devices-enrol', demo: 'notEnrolled', path: '/devices', keys: ['F9', 'type:K7F2-9MQX-10BA'] },
  { name: 'devices-unknown-key', demo: 'unknownKey', path: '/devices' },
  { name: 'devices-trust', demo: 'notEnrolled', path: '/devices', keys: ['Control+o'] },
  {
    name: 'devices-trusted',
    demo: 'unknownKey',
    path: '/devices',
    keys: ['Control+o', 'file:RAB03-G2.office', 'type:4tkw9q2mhx7d0bzr6vne51jcgpa8y3f0', 'Enter'],
  },
  {
    name: 'devices-trust-refused',
    demo: 'unknownKey',
    path: '/devices',
    keys: ['Control+o', 'file:RAB03-G2.office', 'type:4tkw9q2mhx7d0bzr6vne51jcgpa8y3f1', 'Control+Enter'],
  },
  { name: 'devices-revoked', demo: 'revoked', path: '/devices' },
  { name: 'devices-faults', demo: 'faults', path: '/devices' },
  { name: 'accounts', demo: 'accounts', path: '/accounts' },
  { name: 'accounts-bind', demo: 'bindClosed', path: '/accounts', keys: ['F9'] },
  { name: 'trust', demo: 'accounts', path: '/trust', keys: ['ArrowDown'] },
  { name: 'trust-review', demo: 'accounts', path: '/trust', file: { name: 'NL_ML_2026-07-22.ml', size: 300 } },
  {
    name: 'trust-compared',
    demo: 'accounts',
    path: '/trust',
    file: { name: 'NL_ML_2026-07-22.ml', size: 300 },
    keys: ['Space'],
  },
  { name: 'trust-world', demo: 'accounts', path: '/trust', file: { name: 'DE_ML_2026-11-01.ml', size: 3000 } },
  { name: 'trust-remove', demo: 'accounts', path: '/trust', keys: ['Delete'] },
  { name: 'trust-empty', demo: 'noSigners', path: '/trust' },
  { name: 'trust-refused', demo: 'accounts', path: '/trust', file: { name: 'photo.der', size: 20 } },
  { name: 'trust-fault', demo: 'signersFault', path: '/trust' },
  { name: 'personal-data', demo: 'supervisor', path: '/personal-data' },
  {
    name: 'personal-data-accesses',
    demo: 'supervisor',
    path: '/personal-data',
    keys: ['Shift+Tab', 'Shift+Tab', 'ArrowRight', 'Tab'],
  },
  {
    name: 'personal-data-requests',
    demo: 'supervisor',
    path: '/personal-data',
    keys: ['Shift+Tab', 'Shift+Tab', 'ArrowLeft', 'ArrowDown'],
  },
  { name: 'personal-data-person', demo: 'supervisor', path: '/personal-data', keys: ['F9', 'type:XK12345', 'Enter'] },
  { name: 'personal-data-empty', demo: 'noPersonalData', path: '/personal-data' },
  ...mailPictures,
  ...hallPictures,
  { name: 'palette', demo: 'typical', path: '/home', keys: ['Control+k'] },
  { name: 'shortcuts', demo: 'typical', path: '/counter', keys: ['F1'] },
]
/** The two screens of a counter: the smallest that is supported, and the usual one. */
const sizes = { small: { width: 1366, height: 768 }, large: { width: 1920, height: 1080 } } as const
/** A wall speaks both languages at once; a kiosk stands upright. Neither follows the theme of an agent. */
const ofPages = {
  board: { viewport: { width: 1920, height: 1080 }, languages: ['fr'] },
  kiosk: { viewport: { width: 1080, height: 1920 }, languages: ['fr', 'ar'] },
} as const
/** Every picture is taken at the same moment, so that two runs give the same files. */
const moment = new Date('2026-11-21T10:42:00Z')

const hand = (page: Page, { name, size }: NonNullable<Picture['file']>): Promise<void> =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.alloc(size) })

async function take(
  site: DemoSite,
  picture: Picture,
  size: keyof typeof sizes,
  language: string,
  theme: string,
  files: readonly string[],
): Promise<string> {
  const viewport = picture.page === undefined ? sizes[size] : ofPages[picture.page].viewport
  const context = await site.browser.newContext({ viewport, timezoneId: 'UTC', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.clock.setFixedTime(moment)
  const file = picture.page === undefined ? '' : `${picture.page}.html`
  await page.goto(`${site.address}${file}?demo=${picture.demo}&lang=${language}&theme=${theme}#${picture.path}`)
  await page.locator('main').waitFor()
  // A page that is still being read hears no key.
  await page.waitForLoadState('networkidle')
  await stillness(page)
  if (picture.file !== undefined) {
    await hand(page, picture.file)
    await stillness(page)
  }
  for (const touched of picture.touches ?? []) {
    await page.getByTestId(touched).click()
    await stillness(page)
  }
  for (const key of picture.keys ?? []) {
    if (key.startsWith('type:')) await page.keyboard.type(key.slice(5))
    else if (key.startsWith('file:')) {
      const [name = '', size = '300'] = key.slice(5).split(':')
      await hand(page, { name, size: Number(size) })
    } else await page.keyboard.press(language === 'ar' ? mirrored(key) : key)
    await stillness(page)
  }
  if (picture.until !== undefined) await page.locator(picture.until).first().waitFor()
  await stillness(page)
  await page.evaluate(() => document.fonts.ready)
  let taken = ''
  for (const path of files)
    taken = createHash('sha256')
      .update(await page.screenshot({ path }))
      .digest('hex')
  await context.close()
  return taken
}
const mirrored = (key: string): string => ({ ArrowRight: 'ArrowLeft', ArrowLeft: 'ArrowRight' })[key] ?? key

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string' }, theme: { type: 'string' }, size: { type: 'string' } },
})
/** All of them, or those that were asked for: `npm run pictures -- sync --language ar --theme light --size large`. */
const asked = <T extends string>(all: readonly T[], wanted: string | undefined): readonly T[] =>
  all.filter((one) => wanted === undefined || one === wanted)
const chosen = pictures.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.startsWith(word)),
)

const work = await mkdtemp(join(tmpdir(), 'guichet-pictures-'))
const all = join(import.meta.dirname, '../out/pictures')
const kept = join(import.meta.dirname, '../docs/pictures')
await Promise.all([mkdir(all, { recursive: true }), mkdir(kept, { recursive: true })])
const site = await openDemoSite(work)
const named = new Map<string, string[]>()
for (const picture of chosen) {
  const own = picture.page === undefined ? undefined : ofPages[picture.page]
  for (const language of asked<string>(own?.languages ?? ['fr', 'ar'], values.language)) {
    for (const theme of own === undefined ? asked(['light', 'dark'], values.theme) : ['light']) {
      for (const size of own === undefined ? asked(['small', 'large'], values.size) : (['small'] as const)) {
        const file = `${picture.name}-${language}${theme === 'dark' ? '-dark' : ''}${size === 'large' ? '-large' : ''}.png`
        const forReadme = theme === 'light' && size === 'small' && picture.readme?.includes(language) === true
        const files = [join(all, file), ...(forReadme ? [join(kept, file)] : [])]
        const what = await take(site, picture, size, language, theme, files)
        named.set(what, [...(named.get(what) ?? []), file])
      }
    }
  }
}
await site.close()
await rm(work, { recursive: true })
const files = [...named.values()]
console.log(`${String(files.flat().length)} pictures in out/pictures, the README's in docs/pictures`)
// Two names for one picture: one of them does not show what it is named after.
const doubled = files.filter((same) => same.length > 1)
for (const same of doubled) console.error(`the same picture: ${same.join(', ')}`)
if (doubled.length > 0) process.exitCode = 1
