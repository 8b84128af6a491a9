import type { Page } from 'playwright-core'

/** A page on which nothing has changed for this long stands still, in milliseconds; one that never does is looked at as it is. */
const [quietFor, patience] = [150, 20_000]

/** Until a screen with a heading has been drawn and nothing changes on it any more: only then it shows what it is to show. */
export const stillness = (page: Page): Promise<void> =>
  page.evaluate(
    ([quiet, longest]) =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(look, quiet)
        const watcher = new MutationObserver(again)
        const limit = setTimeout(done, longest)
        function again(): void {
          clearTimeout(timer)
          timer = setTimeout(look, quiet)
        }
        // Between the entry and the first screen there is nothing to look at yet.
        function look(): void {
          if (document.querySelector('main :is(h1, h2), dialog[open]') === null) again()
          else done()
        }
        function done(): void {
          clearTimeout(limit)
          watcher.disconnect()
          resolve()
        }
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true })
      }),
    [quietFor, patience] as const,
  )
