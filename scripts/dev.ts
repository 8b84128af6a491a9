// `npm run dev`: the window with hot reload, on the runtime that the set-up found.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openDisplay } from './display.ts'
import { startPlatform } from './platform.ts'
import { launchArguments, readRuntime, root, runtimeEnv } from './runtime.ts'

const runtime = readRuntime()
const display = await openDisplay()
const platform = await startPlatform(join(root, '.cache/platform'))
const dev = spawn(join(root, 'node_modules/.bin/electron-vite'), ['dev', '--watch'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    GUICHET_DATA: join(root, '.cache/dev'),
    GUICHET_DEMO: '1',
    GUICHET_TRAINING: '1',
    ...process.env,
    ...display.env,
    ...runtimeEnv(runtime),
    GUICHET_PLATFORM: platform.url,
    ...(launchArguments().includes('--no-sandbox') ? { NO_SANDBOX: '1' } : {}),
    ELECTRON_EXEC_PATH: runtime.electron,
    ELECTRON_MAJOR_VER: runtime.version.split('.')[0] ?? '',
  },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    dev.kill('SIGTERM')
  })
await once(dev, 'exit')
await platform.close()
await display.close()
