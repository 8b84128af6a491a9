// `npm run package`: the program as a folder, and a Debian package of it, without any download. `-- --windows` makes
// the NSIS
// installer (needs electron-builder's tools), `-- --test-build` allows the stand-in runtime: for checking the package
// only.
import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.ts'
import { readRuntime, root, runtimeEnv } from './runtime.ts'

const { values } = parseArgs({
  options: { 'test-build': { type: 'boolean', default: false }, windows: { type: 'boolean', default: false } },
})
const runtime = readRuntime()
if (runtime.standIn && !values['test-build']) {
  console.error(`Electron ${runtime.version} is the stand-in for closed networks, out of support: it is not packaged.`)
  console.error(
    'Where the official runtime can be downloaded run the set-up again; to check a package add: -- --test-build',
  )
  process.exit(1)
}
buildIfStale()

const output = join(root, values['test-build'] ? 'dist/test' : 'dist')
const builder = (args: readonly string[]): void => {
  const { status } = spawnSync(
    join(root, 'node_modules/.bin/electron-builder'),
    ['--publish', 'never', `-c.directories.output=${output}`, `-c.electronVersion=${runtime.version}`, ...args],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...runtimeEnv(runtime), CUSTOM_FPM_PATH: join(root, 'scripts/package/fpm.mjs') },
    },
  )
  if (status !== 0) process.exit(status ?? 1)
}

if (values.windows) {
  builder(['--win', 'nsis'])
} else {
  builder(['--linux', 'dir', `-c.electronDist=${dirname(runtime.electron)}`])
  // A test build is looked at once: it is not worth the minute that xz takes.
  builder([
    '--linux',
    'deb',
    '--prepackaged',
    join(output, 'linux-unpacked'),
    ...(values['test-build'] ? ['-c.deb.compression=gz'] : []),
  ])
}
console.log(`The packages are in ${relative(root, output)}`)
