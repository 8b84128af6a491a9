import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.mjs'

const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

const missingOf = (names) => {
  const query = spawnSync('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n', ...names], {
    encoding: 'utf8',
  })
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
 * `sets` are keys of that file.
 */
export function installSystemPackages(sets) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return
  const listed = JSON.parse(readFileSync(join(root, 'scripts/system-packages.json'), 'utf8'))
  const missing = missingOf([...new Set(sets.flatMap((set) => listed[set]))])
  if (missing.length === 0) return
  const root_ = process.getuid() === 0
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing]
  if (!root_ && !succeeds('sudo', ['-n', 'true'])) {
    console.error(
      `These Debian packages are missing. Run this, then try again:\n  sudo apt-get update && sudo ${install.join(' ')}`,
    )
    process.exit(1)
  }
  console.error(`Installing ${missing.length} Debian packages: ${missing.join(' ')}`)
  const asRoot = (command) => {
    const [program, ...args] = root_ ? command : ['sudo', '-n', ...command]
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  // RUNLEVEL=1 keeps Debian's install scripts from starting the services they bring: tests start their own.
  asRoot(['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'update', '-qq'])
  asRoot(['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', ...install, '-qq'])
}
