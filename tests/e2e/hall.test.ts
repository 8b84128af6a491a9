import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { signIn } from './desk.ts'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet
let page: Page

/** The commands of this machine reach the station of the window by the socket in its folder. */
const command = async (...words: string[]): Promise<Record<string, unknown>> => {
  const cli = join(root, 'electron', 'cli', 'guichet.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words, '--data', dataDir, '--json'])
  return JSON.parse(stdout) as Record<string, unknown>
}
const strip = (ticket: string, words: RegExp): Promise<void> =>
  expect
    .poll(() => page.getByTestId('queue-strip').innerText(), { timeout: 20_000 })
    .toMatch(new RegExp(`${ticket}[\\s\\S]*${words.source}`))

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-hall-'))
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1' } })
  page = guichet.page
  await signIn(page)
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  rmSync(dataDir, { recursive: true, force: true })
})

test('a ticket of the command line is called, served and followed by the next one, in one stroke each', async () => {
  await expect.poll(async () => (await command('hall', 'status'))['role'], { timeout: 30_000 }).toBe('serving')
  await page.getByTestId('queue-sign-on').click()
  await expect.poll(() => page.getByTestId('queue-state').innerText()).toContain('Libre')
  expect(await command('ticket', 'issue', '--service', 'A')).toEqual({ ticket: 'A001' })
  expect(await command('ticket', 'issue', '--service', 'B')).toEqual({ ticket: 'B001' })
  await expect.poll(() => page.getByTestId('queue-next').innerText()).toContain('A001')
  await page.keyboard.press('F4')
  await strip('A001', /appelé, pas encore là/)
  await guichet.screenshot(join(root, 'out/test/e2e', 'queue-called.png'))
  await page.keyboard.press('F4')
  expect((await command('hall', 'status'))['called']).toEqual([{ ticket: 'A001', counter: 2 }])
  await page.keyboard.press('Control+G')
  await strip('A001', /au guichet/)
  await guichet.screenshot(join(root, 'out/test/e2e', 'queue-serving.png'))
  await page.keyboard.press('F4')
  await strip('B001', /appelé/)
  await page.keyboard.press('Control+Z')
  await expect.poll(() => page.getByTestId('queue-state').innerText()).toContain('Libre')
  expect((await command('hall', 'status'))['waiting']).toMatchObject([
    { service: 'A', count: 0 },
    { service: 'B', count: 1 },
    { service: 'C', count: 0 },
  ])
})
