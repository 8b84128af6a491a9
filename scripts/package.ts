// `npm run package`: the program as a folder, and a Debian package of it, without any download. `-- --windows` makes
// the NSIS installer (needs electron-builder's tools), `-- --test-build` allows the stand-in runtime: for checking the
// package only. `-- --repository DIR --key ID` adds the package to a signed repository for apt; `-- --try` installs it
// in a bare Debian of its own, starts it, upgrades it and purges it.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.ts'
import { addToRepository } from './package/repository.ts'
import { tryPackage } from './package/tryPackage.ts'
import { readRuntime, root, runtimeEnv } from './runtime.ts'

const { values } = parseArgs({
  options: {
    'test-build': { type: 'boolean', default: false },
    windows: { type: 'boolean', default: false },
    repository: { type: 'string' },
    key: { type: 'string' },
    try: { type: 'boolean', default: false },
    /** The package that lies there already, for `--repository` and `--try`. */
    made: { type: 'boolean', default: false },
  },
})
const stop = (sentence: string): never => {
  console.error(sentence)
  process.exit(1)
}

if (values.repository !== undefined && values.key === undefined)
  stop('A repository is signed: --key ID, a key of GnuPG on this machine (gpg --list-secret-keys).')
const runtime = readRuntime()
if (runtime.standIn && !values['test-build'])
  stop(
    `Electron ${runtime.version} is the stand-in for closed networks, out of support: it is not packaged.\n` +
      'Where the official runtime can be downloaded run the set-up again; to check a package add: -- --test-build',
  )

const output = join(root, values['test-build'] ? 'dist/test' : 'dist')
/** What a tool says when it reaches nothing to download from. */
const noDownload = /getaddrinfo|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|cannot resolve|status code/i

const builder = (args: readonly string[], downloads = false): void => {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/electron-builder'),
    ['--publish', 'never', `-c.directories.output=${output}`, `-c.electronVersion=${runtime.version}`, ...args],
    {
      cwd: root,
      stdio: downloads ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      encoding: 'utf8',
      env: { ...process.env, ...runtimeEnv(runtime), CUSTOM_FPM_PATH: join(root, 'scripts/package/fpm.mjs') },
    },
  )
  if (status === 0) return
  const said = downloads ? `${stdout}${stderr}` : ''
  if (noDownload.test(said))
    stop(
      'The tools of electron-builder for Windows cannot be downloaded here: build where they can, or name a mirror of them in ELECTRON_BUILDER_BINARIES_MIRROR and ELECTRON_MIRROR.',
    )
  if (downloads) process.stderr.write(said)
  process.exit(status ?? 1)
}

if (!values.made) {
  buildIfStale()
  if (values.windows) {
    builder(['--win', 'nsis'], true)
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
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const deb = join(output, `guichet_${version}_amd64.deb`)
if (!values.windows)
  for (const file of [join(output, 'linux-unpacked/resources/app.asar'), deb])
    if (existsSync(file)) console.log(`${relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`)
try {
  if (values.try) await tryPackage(deb)
  if (values.repository !== undefined) {
    const folder = resolve(values.repository)
    addToRepository({ folder, package: deb, key: values.key ?? '', now: new Date() })
    console.log(`${folder}: what apt reads, and guichet.gpg, the key that it is to believe (docs/administration.md)`)
  }
} catch (cause) {
  stop(cause instanceof Error ? cause.message : String(cause))
}
