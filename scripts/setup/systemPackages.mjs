import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apt, aptEnvironment } from './apt.mjs'
import { SetupStopped } from './giveUp.mjs'
import { root } from './paths.mjs'

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

const missingOf = (names) => {
  const query = spawnSync('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n', ...names], {
    encoding: 'utf8',
  })
  if (query.error !== undefined)
    throw new SetupStopped("dpkg-query is not in PATH: it tells which of Debian's packages are missing")
  const installed = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return names.filter((name) => !installed.has(name))
}

/**
 * Installs the Debian packages of `system-packages.json` that are missing, where this user may; says what to run
 * elsewhere.
 * `sets` are keys of that file, `how` how long a held package system is waited for (`apt`).
 */
export function installSystemPackages(sets, how) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return
  const listed = JSON.parse(readFileSync(join(root, 'scripts/system-packages.json'), 'utf8'))
  const missing = missingOf([...new Set(sets.flatMap((set) => listed[set]))])
  if (missing.length === 0) return
  const root_ = process.getuid() === 0
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing]
  if (!root_ && !succeeds('sudo', ['-n', 'true'])) {
    throw new SetupStopped(
      `these Debian packages are missing; run this, then try again:\n  sudo apt-get update && sudo ${install.join(' ')}`,
    )
  }
  console.error(`Installing ${missing.length} Debian packages: ${missing.join(' ')}`)
  const asRoot = (command) => {
    apt(root_ ? command : ['sudo', '-n', 'env', ...aptEnvironment, ...command], how)
  }
  asRoot(['apt-get', 'update', '-qq'])
  asRoot([...install, '-qq'])
}
