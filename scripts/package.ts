// `npm run package`: the program as a folder, and a Debian package of it, without any download. `-- --test-build` allows
// the stand-in runtime: for checking the package only. `-- --windows --runtime FOLDER` makes an MSI and an NSIS installer
// of an unpacked Electron for Windows; without FOLDER of a stand-in, for inspection. `-- --repository DIR --key ID` adds
// the package to a signed repository for apt; `-- --try` installs it in a bare Debian of its own, starts it, upgrades it
// and purges it.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.ts'
import { electronBuilder } from './package/electronBuilder.ts'
import { addToRepository } from './package/repository.ts'
import { tryPackage } from './package/tryPackage.ts'
import { packageWindows } from './package/windows/packageWindows.ts'
import { readRuntime, root, runtimeEnv } from './runtime.ts'

const { values } = parseArgs({
  options: {
    'test-build': { type: 'boolean', default: false },
    windows: { type: 'boolean', default: false },
    runtime: { type: 'string' },
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

/** A step ends with a sentence, never with a stack. */
const sayIfItFails = async (step: () => void | Promise<void>): Promise<void> => {
  try {
    await step()
  } catch (cause) {
    stop(cause instanceof Error ? cause.message : String(cause))
  }
}
const sayHowLarge = (files: readonly string[]): void => {
  for (const file of files)
    if (existsSync(file)) console.log(`${relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`)
}

if (values.windows) {
  await sayIfItFails(() => {
    buildIfStale()
    sayHowLarge(packageWindows(values.runtime))
  })
  if (values.runtime === undefined)
    console.log('Made of a stand-in for the runtime: for inspection only. With --runtime FOLDER they are for use.')
  process.exit()
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

const builder = (args: readonly string[]): void => {
  electronBuilder(output, runtime.version, args, {
    ...runtimeEnv(runtime),
    CUSTOM_FPM_PATH: join(root, 'scripts/package/fpm.mjs'),
  })
}

if (!values.made)
  await sayIfItFails(() => {
    buildIfStale()
    builder(['--linux', 'dir', `-c.electronDist=${dirname(runtime.electron)}`])
    // A test build is looked at once: it is not worth the minute that xz takes.
    builder([
      '--linux',
      'deb',
      '--prepackaged',
      join(output, 'linux-unpacked'),
      ...(values['test-build'] ? ['-c.deb.compression=gz'] : []),
    ])
    console.log(`The packages are in ${relative(root, output)}`)
  })

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const deb = join(output, `guichet_${version}_amd64.deb`)
sayHowLarge([join(output, 'linux-unpacked/resources/app.asar'), deb])
await sayIfItFails(async () => {
  if (values.try) await tryPackage(deb)
  if (values.repository !== undefined) {
    const folder = resolve(values.repository)
    addToRepository({ folder, package: deb, key: values.key ?? '', now: new Date() })
    console.log(`${folder}: what apt reads, and guichet.gpg, the key that it is to believe (docs/administration.md)`)
  }
})
