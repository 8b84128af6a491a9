import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet

// A screen of 800 × 500 points, as a small one that is scaled leaves.
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-e2e-'))
  guichet = await launchGuichet({
    dataDir,
    env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' },
    args: ['--force-device-scale-factor=2'],
  })
  await guichet.page.getByTestId('login-form').waitFor()
})
afterAll(async () => {
  await guichet.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** The card lies in the reader from the first time on, and is read again for whoever signs in. */
async function serveSomebody(): Promise<void> {
  const { page } = guichet
  await page.getByTestId('demo-agent').click({ timeout: 30_000 })
  await page.getByTestId('nav-counter').click({ timeout: 30_000 })
  const citizen = page.getByTestId('citizen-name')
  const simulate = page.getByTestId('simulate-card')
  await citizen.or(simulate).first().waitFor({ timeout: 30_000 })
  if (await simulate.isVisible()) await simulate.click()
  await citizen.waitFor({ timeout: 30_000 })
}

describe('when nobody can be at the window', () => {
  it.each(['suspend', 'lock-screen', 'resume'])('it is locked, and the citizen gone: %s', async (event) => {
    await serveSomebody()
    await guichet.app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event)
    const why = guichet.page.getByTestId('login-locked')
    await why.waitFor({ timeout: 20_000 })
    expect(await why.innerText()).toMatch(/verrouillé ou mis en veille/)
    expect(await guichet.page.getByTestId('citizen-name').count()).toBe(0)
  })
})

describe('on a small screen', () => {
  it('the window is no larger than the screen, and what confirms is within reach', async () => {
    const { window, room } = await guichet.app.evaluate(({ BrowserWindow, screen }) => ({
      window: BrowserWindow.getAllWindows()[0]?.getBounds(),
      room: screen.getPrimaryDisplay().workAreaSize,
    }))
    expect(room.width).toBeLessThan(1024)
    expect(window?.width).toBeLessThanOrEqual(room.width)
    expect(window?.height).toBeLessThanOrEqual(room.height)
    await serveSomebody()
    const { page } = guichet
    page.on('pageerror', (e) => console.log('PAGEERR', e.stack))
    page.on('console', (m) => console.log('CONSOLE', m.text()))
    const confirm = page.getByTestId('confirm')
    await confirm.scrollIntoViewIfNeeded()
    const box = await confirm.boundingBox()
    const inner = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(inner.height)
    expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(inner.width)
  })
})
