import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { openDisplay } from '#scripts/display.ts'
import { launchArguments, readRuntime, root, runtimeEnv } from '#scripts/runtime.ts'

export interface LaunchOptions {
  /** The data folder: launching twice on the same one is a restart. */
  dataDir: string
  /** `GUICHET_…` settings, see electron/main/settings.ts; a passphrase is given by default, undefined takes it away. */
  env?: Readonly<Record<string, string | undefined>>
  args?: readonly string[]
  /** Folder of the built program; the repository by default. */
  appDir?: string
}

export interface Guichet {
  readonly app: ElectronApplication
  readonly page: Page
  /** What the program wrote to its standard output and error. */
  readonly log: () => string
  screenshot(file: string): Promise<string>
  /** As a person closes it. */
  close(): Promise<void>
  /** As a power cut ends it: every process at once, nothing is flushed. */
  kill(): Promise<void>
}

/** Starts the real window on the runtime that the set-up found, on a virtual screen where there is none. */
export async function launchGuichet({ dataDir, env = {}, args = [], appDir = root }: LaunchOptions): Promise<Guichet> {
  const runtime = readRuntime()
  const display = await openDisplay()
  mkdirSync(dataDir, { recursive: true })
  const settings = {
    ...process.env,
    ...display.env,
    ...runtimeEnv(runtime),
    GUICHET_DATA: dataDir,
    GUICHET_PASSPHRASE: 'one counter, one key',
    ...env,
  }
  const app = await _electron
    .launch({
      executablePath: runtime.electron,
      timeout: 60_000,
      args: ['-r', join(import.meta.dirname, 'holdReady.cjs'), appDir, ...launchArguments(), ...args],
      env: Object.fromEntries(
        Object.entries(settings).filter((pair): pair is [string, string] => pair[1] !== undefined),
      ),
    })
    .catch(async (cause: unknown) => {
      await display.close()
      throw cause
    })
  const program = app.process()
  const lines: string[] = []
  program.stdout?.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  program.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()))
  const gone = new Promise<void>((resolve) => {
    program.once('exit', () => {
      resolve()
    })
  })
  const page = await app.firstWindow()
  return {
    app,
    page,
    log: () => lines.join(''),
    screenshot: async (file) => {
      mkdirSync(join(file, '..'), { recursive: true })
      await page.screenshot({ path: file })
      return file
    },
    close: async () => {
      await app.close()
      // Only now the data folder is free for the next start.
      await gone
      await display.close()
    },
    kill: async () => {
      // Playwright starts the program as leader of its own process group: the utility processes die in the same
      // instant.
      if (program.pid !== undefined && program.exitCode === null) process.kill(-program.pid, 'SIGKILL')
      await gone
      await display.close()
    },
  }
}
