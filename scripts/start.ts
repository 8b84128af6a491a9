// `npm start`: the embedded reference platform and the window on it. Where there is no screen the program does the job
// once
// by itself on a virtual one, and leaves the receipt and a picture of each step.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.ts'
import { demo } from './demo.ts'
import { hasScreen } from './display.ts'
import { claimedBy } from './oneStart.ts'
import { startPlatform } from './platform.ts'
import { launchArguments, readRuntime, root, runtimeEnv } from './runtime.ts'

const demoDir = join(root, '.cache/demo')
const { values } = parseArgs({
  options: {
    /** The data folder of the counter. */
    data: { type: 'string', default: process.env['GUICHET_DATA'] ?? demoDir },
    /** A platform that runs elsewhere. */
    platform: { type: 'string' },
    /** Do the job once by itself, also where there is a screen. */
    once: { type: 'boolean', default: false },
  },
})

const platformDir = join(root, '.cache/platform')
const other = values.platform === undefined ? claimedBy(join(root, '.cache/start.json')) : undefined
if (other !== undefined) {
  console.error(
    `Guichet already runs from this folder${other === 0 ? '' : ` (process ${String(other)})`}: close its window, or end it, before you start it again.`,
  )
  process.exit(1)
}

const runtime = readRuntime()
console.log(`Electron ${runtime.version}${runtime.standIn ? ' (the closed-network stand-in)' : ''}`)
buildIfStale()

const dataDir = resolve(values.data)
const platform = values.platform === undefined ? await startPlatform(platformDir) : undefined
const settings = {
  GUICHET_DATA: dataDir,
  GUICHET_PLATFORM: platform?.url ?? values.platform ?? '',
  GUICHET_DEMO: '1',
  GUICHET_TRAINING: '1',
  // The demo folder holds synthetic people only: where the system has no keystore, its passphrase is public.
  ...(dataDir === demoDir ? { GUICHET_PASSPHRASE: 'demo counter, public passphrase' } : {}),
}
console.log(`Platform ${settings.GUICHET_PLATFORM}, data in ${dataDir}`)

try {
  if (hasScreen() && !values.once) {
    const window = spawn(runtime.electron, [root, ...launchArguments()], {
      stdio: 'inherit',
      env: { ...process.env, ...runtimeEnv(runtime), ...settings },
    })
    await once(window, 'exit')
  } else {
    await demo({ dataDir, env: settings, outDir: join(root, 'out/first-receipt') })
  }
} finally {
  await platform?.close()
}
