import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { openDisplay } from '#scripts/display.ts'
import { launchArguments, readRuntime, runtimeEnv } from '#scripts/runtime.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { launchGuichet } from '#tests/e2e/harness.ts'
import { against, timed, type Figure } from './measure.ts'

const blank = `
import { app, BrowserWindow } from 'electron'
app.on('window-all-closed', () => app.quit())
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1366, height: 768, webPreferences: { sandbox: true } })
  window.loadURL('data:text/html,<button id="ready">ready</button>')
})
`

/** From the start of the process to the login screen taking keys, on an existing register, against a blank window of the same runtime. */
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
    const ours = async (): Promise<number> => {
      let guichet: Awaited<ReturnType<typeof launchGuichet>> | undefined
      const time = await timed(async () => {
        guichet = await launchGuichet({ dataDir, env: { GUICHET_DEMO: '1' } })
        await guichet.page.getByTestId('login-name').waitFor()
      })
      await guichet?.close()
      return time
    }
    const inherited = Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined))
    const bare = async (): Promise<number> => {
      let running: Awaited<ReturnType<typeof _electron.launch>> | undefined
      const time = await timed(async () => {
        running = await _electron.launch({ executablePath: runtime.electron, args: [app, ...launchArguments()], env: { ...inherited, ...runtimeEnv(runtime) } })
        await (await running.firstWindow()).locator('#ready').waitFor()
      })
      await running?.close()
      return time
    }
    await ours()
    const [value, floor] = await against(runs, ours, bare)
    return [{ name: `start to login, Electron ${runtime.version}`, value, floor: { name: 'blank window, same runtime', value: floor }, unit: 'ms', runs }]
  } finally {
    await display.close()
    folder.remove()
  }
}
