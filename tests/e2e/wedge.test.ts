import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from './desk.ts'
import { launchGuichet, type Guichet } from './harness.ts'
import { scan } from './scan.ts'

let dataDir: string
let guichet: Guichet

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-e2e-'))
  guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1' } })
  await signIn(guichet.page)
})
afterAll(async () => {
  await guichet.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('a keyboard wedge at the counter', () => {
  it('fills the identity from a zone', async () => {
    const { page } = guichet
    await page.keyboard.press('F3')
    await page.keyboard.type('permis', { delay: 60 })
    await scan(page, 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<')
    await scan(page, 'L898902C36UTO7408122F1204159ZE184226B<<<<<10')
    const family = page.getByTestId('typed-family-name')
    await family.waitFor()
    expect(await family.inputValue()).toBe('ERIKSSON')
    expect(await page.getByTestId('procedure-search').inputValue()).not.toContain('<')
  })

  it('shows what a seal is worth, and leaves the field in which the agent was', async () => {
    const { page } = guichet
    const given = page.getByTestId('typed-given-names')
    await given.focus()
    await scan(page, 'GU1:6BF+70790T9WJWG.FKY*4GO0')
    await page.locator('[data-code="seal.malformed"]').waitFor()
    expect(await given.inputValue()).toBe('ANNA MARIA')
  })
})
