import type { Page } from 'playwright-core'

/** From one key to the next, in seconds. */
const gap = 0.004

/**
 * Types as a keyboard wedge does: every key into the browser at once, Enter at the end, each with the moment at which a
 * scanner sends it.
 */
export async function scan(page: Page, text: string): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  const keys = [...[...text].map((character) => ({ key: character, text: character })), { key: 'Enter', text: '\r' }]
  const begun = Date.now() / 1000
  await Promise.all(
    keys.flatMap((key, at) => [
      browser.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: begun + at * gap, ...key }),
      browser.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: begun + (at + 0.5) * gap, key: key.key }),
    ]),
  )
  await browser.detach()
}
