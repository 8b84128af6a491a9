import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeAnswer, devicesAnswer, platformPaths } from '#shared/contract/platform.ts'
import { startPlatform, type RunningPlatform } from '#tests/platform/startPlatform.ts'
import { startPostgres, type Postgres } from '#tests/platform/postgres.ts'
import { launchGuichet, type Guichet } from './harness.ts'

const operator = 'operator of the window'
const folder = mkdtempSync(join(tmpdir(), 'guichet-enrol-'))
let postgres: Postgres
let platform: RunningPlatform
let guichet: Guichet

beforeAll(async () => {
  postgres = await startPostgres()
  platform = await startPlatform({ databaseUrl: postgres.url, openCode: '', operator, log: () => undefined })
  guichet = await launchGuichet({
    dataDir: join(folder, 'data'),
    env: { GUICHET_DEMO: '1', GUICHET_PLATFORM: platform.url },
  })
})
afterAll(async () => {
  await guichet.close()
  await platform.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (path: string, body?: object): Promise<unknown> =>
  (
    await fetch(platform.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  ).json()
const inState = (state: string): Promise<void> =>
  guichet.page.locator(`[data-testid="this-device"][data-state="${state}"]`).waitFor({ timeout: 60_000 })

it('an administrator enrols the machine with the keyboard alone, the platform approves the fingerprint that the screen shows', async () => {
  const { page } = guichet
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  await page.getByTestId('login-name').waitFor()
  for (const word of ['admin', 'guichet-demo']) {
    await page.keyboard.type(word)
    await page.keyboard.press('Enter')
  }
  await page.getByTestId('nav-devices').waitFor({ timeout: 60_000 })
  const place = await page
    .locator('[data-testid^="nav-"]')
    .evaluateAll((links) => links.findIndex((link) => link.getAttribute('data-testid') === 'nav-devices') + 1)
  await page.keyboard.press(`Alt+${String(place)}`)
  await page.getByTestId('enrol').waitFor({ timeout: 30_000 })

  const { code } = codeAnswer.parse(await ask(platformPaths.codes, { counterId: 'RAB03-G2' }))
  await page.keyboard.press('F9')
  await page.getByTestId('enrol-code').waitFor()
  await page.keyboard.type(code.replaceAll('-', ' ').toLowerCase())
  await page.keyboard.press('Control+Enter')
  await inState('pending')

  // The machine's own comes first, the platform's beside it.
  const shown = (await page.getByTestId('this-device').getByTestId('fingerprint').first().innerText())
    .split(/\s+/)
    .join('-')
  const [device] = devicesAnswer.parse(await ask(platformPaths.devices)).devices
  expect(device).toMatchObject({ counterId: 'RAB03-G2', state: 'pending', fingerprint: shown })
  await ask(platformPaths.device('RAB03-G2', device?.kid ?? ''), { state: 'approved' })
  await page.keyboard.press('Control+r')
  await inState('enrolled')

  await ask(platformPaths.device('RAB03-G2', device?.kid ?? ''), { state: 'revoked' })
  await page.keyboard.press('Alt+1')
  await page.getByTestId('sync-drain').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('quarantine').waitFor({ timeout: 60_000 })
  // What the program wrote out tells neither the code nor a token.
  for (const secret of [code, code.replaceAll('-', ' ').toLowerCase(), 'DPoP ', 'eyJ'])
    expect(guichet.log()).not.toContain(secret)
}, 240_000)
