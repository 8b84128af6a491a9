import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { devicesAnswer, platformPaths } from '#shared/contract/platform.ts'
import { counterId } from '#shared/ids.ts'
import { confirm, fillRequest, printState, setUpDesk, signIn, type Desk } from './desk.ts'
import type { Guichet } from './harness.ts'

// A real counter, no demonstration: from an empty folder to the first receipt, on real parts.

const operator = 'operator of a first start'
const counter = 'RAB03-G2'
const folder = mkdtempSync(join(tmpdir(), 'guichet-first-'))
let desk: Desk
let guichet: Guichet
const shot = (name: string) => guichet.screenshot(join(root, 'out/test/e2e', `${name}.png`))
beforeAll(async () => {
  desk = await setUpDesk([], operator)
  guichet = await desk.open()
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (path: string, body?: object): Promise<unknown> =>
  (
    await fetch(desk.platform.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  ).json()

test('no register, no account: the file of the operator and the fingerprint from paper begin one', async () => {
  const { page } = guichet
  await page.getByTestId('begin-form').waitFor({ timeout: 60_000 })
  await shot('first-1-begin')
  const { file, fingerprint } = await desk.platform.officeFile(counterId.parse(counter))
  const path = join(folder, 'office.jws')
  writeFileSync(path, file)
  await page.getByTestId('office-file').setInputFiles(path)
  await page.getByTestId('office-print').waitFor()
  // The fingerprint of another platform first: nothing is begun.
  await page.getByTestId('office-print').fill('0000-0000-0000-0000-0000-0000-0000-0000')
  await page.keyboard.press('Enter')
  await page.getByTestId('begin-form').getByRole('alert').waitFor()
  await page.getByTestId('office-print').fill(fingerprint.toLowerCase().replaceAll('-', ' '))
  await page.keyboard.press('Enter')
  await page.getByTestId('login-form').waitFor({ timeout: 60_000 })
  expect(await page.locator('[data-testid^="demo-"]').count()).toBe(0)
})

test('the machine introduces itself by the code in the file, and the platform approves its fingerprint', async () => {
  const { page } = guichet
  const devices = async () => devicesAnswer.parse(await ask(platformPaths.devices)).devices
  await expect.poll(async () => (await devices()).length, { timeout: 60_000 }).toBe(1)
  const [device] = await devices()
  expect(device).toMatchObject({ counterId: counter, state: 'pending' })
  await ask(platformPaths.device(counter, device?.kid ?? ''), { state: 'approved' })
  await signIn(page, 'supervisor')
  await page.getByTestId('nav-sync').waitFor({ timeout: 60_000 })
  await page.keyboard.press('Alt+5')
  await page.getByTestId('sync-drain').waitFor()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => page.getByTestId('sync-pending').innerText(), { timeout: 60_000 }).toMatch(/tout est envoyé/)
})

test('a citizen leaves with a receipt, and the platform holds the act', async () => {
  const { page } = guichet
  await page.keyboard.press('Alt+2')
  await page.getByTestId('procedure-search').waitFor()
  const card = await desk.insertCard()
  await expect.poll(() => page.getByTestId('citizen-name').innerText(), { timeout: 20_000 }).toMatch(/\S/)
  await fillRequest(page, 'residence')
  const number = await confirm(page)
  await printState(page, 'printed')
  await shot('first-2-receipt')
  expect(await desk.printer.received()).toHaveLength(1)
  await expect
    .poll(async () => (await desk.query<{ number: string }>('SELECT number FROM deposit')).map((row) => row.number), {
      timeout: 60_000,
    })
    .toEqual([number])
  await card.pull()
})
