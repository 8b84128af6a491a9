import type { Page } from 'playwright-core'

/** Types as a keyboard wedge does: every key into the browser at once, Enter at the end. */
export async function scan(page: Page, text: string): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  const keys = [...[...text].map((character) => ({ key: character, text: character })), { key: 'Enter', text: '\r' }]
  await Promise.all(keys.flatMap((key) => [
    browser.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }), browser.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key }),
  ]))
  await browser.detach()
}
