import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../runtime.ts'

/** Runs electron-builder by `electron-builder.yml`. Throws when it fails; what was wrong it has said itself. */
export function electronBuilder(
  output: string,
  electronVersion: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): void {
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/electron-builder'),
    ['--publish', 'never', `-c.directories.output=${output}`, `-c.electronVersion=${electronVersion}`, ...args],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  )
  if (status !== 0) throw new Error('electron-builder made no package')
}
