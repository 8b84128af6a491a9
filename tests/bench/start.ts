import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { openDisplay } from '#scripts/display.ts'
import { launchArguments, readRuntime, runtimeEnv } from '#scripts/runtime.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { launchGuichet } from '#tests/e2e/harness.ts'
import { against, median, timed, type Figure } from './measure.ts'

const blank = `
import { app, BrowserWindow } from 'electron'
app.on('window-all-closed', () => app.quit())
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true } })
  window.loadURL('data:text/html,<button id="ready">ready</button>')
})
`

/**
 * From the start of the process to the login screen taking keys, and to the register being open behind it, on an
 * existing register, against a
 * blank window of the same runtime. The page is looked at in each of its frames: a locator asks again after up to half
 * a second.
 */
export async function benchStart(runs: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const display = await openDisplay({ stays: true })
  // Both kinds of window appear on the screen that is already there: its start is not what is measured.
  Object.assign(process.env, display.env)
  const runtime = readRuntime()
  try {
    const app = join(folder.path, 'blank')
    mkdirSync(app)
    writeFileSync(join(app, 'package.json'), '{"name":"blank","version":"1.0.0","type":"module","main":"main.js"}')
    writeFileSync(join(app, 'main.js'), blank)
    const dataDir = join(folder.path, 'data')
    const opened: number[] = []
    const ours = async (): Promise<number> => {
      const begun = performance.now()
      let guichet: Awaited<ReturnType<typeof launchGuichet>> | undefined
      const time = await timed(async () => {
        guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1' } })
        await guichet.page.waitForFunction(
          () =>
            document.activeElement?.closest('[data-testid=login-name]') ??
            document.activeElement?.querySelector('[data-testid=login-name]'),
        )
      })
      // The accounts of the demonstration come with the register.
      await guichet?.page.waitForFunction(() => document.querySelector('[data-testid=demo-agent]'))
      opened.push(performance.now() - begun)
      await guichet?.close()
      return time
    }
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
    )
    const bare = async (): Promise<number> => {
      let running: Awaited<ReturnType<typeof _electron.launch>> | undefined
      const time = await timed(async () => {
        running = await _electron.launch({
          executablePath: runtime.electron,
          args: [app, ...launchArguments()],
          env: { ...inherited, ...runtimeEnv(runtime) },
        })
        await (await running.firstWindow()).waitForFunction(() => document.querySelector('#ready'))
      })
      await running?.close()
      return time
    }
    // The first start makes the register; from the third on Chromium keeps the compiled page, as on any counter.
    for (let start = 0; start < 3; start += 1) await ours()
    opened.length = 0
    const [value, floor] = await against(runs, ours, bare)
    const blankWindow = { name: 'blank window, same runtime', value: floor }
    return [
      { name: `start to login, Electron ${runtime.version}`, value, floor: blankWindow, unit: 'ms', runs },
      { name: 'start to the register open behind it', value: median(opened), floor: blankWindow, unit: 'ms', runs },
    ]
  } finally {
    await display.close()
    folder.remove()
  }
}
