import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A Debian of its own in a folder: what runs in it sees nothing of this machine but its kernel and its network. */
export interface BareRoot {
  readonly folder: string
  /** Runs a line of the shell in it; everything that it printed, both streams, and its exit code. */
  run(line: string, how?: { readonly user?: string; readonly env?: Readonly<Record<string, string>> }): Ran
  remove(): void
}

export interface Ran {
  readonly code: number
  readonly text: string
}

/**
 * Makes that folder the root of the line, in namespaces of mounts and processes: a root proper and not a chroot, in
 * which the kernel allows no sandbox of a user. Everything is unmounted when the line ends.
 */
const enter = `
set -e
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs tmpfs tmp
mkdir -p .before
pivot_root . .before
umount -l .before
shift
exec "$@"
`

/**
 * Copies a bare Debian 12 (made once, in `base`) into `folder`. Throws one sentence where this machine makes none: not
 * root, no debootstrap, no repository of Debian.
 */
export function bareRoot(base: string, folder: string): BareRoot {
  if (process.getuid?.() !== 0)
    throw new Error('A package is tried in a Debian of its own, which only root makes: sudo npm run package -- --try')
  if (!existsSync(join(base, 'etc/debian_version'))) {
    rmSync(base, { recursive: true, force: true })
    mkdirSync(join(base, '..'), { recursive: true })
    const args = [
      '--variant=minbase',
      'bookworm',
      base,
      process.env['GUICHET_DEBIAN'] ?? 'http://deb.debian.org/debian',
    ]
    const made = spawnSync('debootstrap', args, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (made.error !== undefined) throw new Error('debootstrap is not on this machine: apt-get install debootstrap')
    if (made.status !== 0) {
      rmSync(base, { recursive: true, force: true })
      throw new Error('debootstrap reaches no repository of Debian 12: name one of the office in GUICHET_DEBIAN')
    }
  }
  rmSync(folder, { recursive: true, force: true })
  const copied = spawnSync('cp', ['-a', '--reflink=auto', base, folder], { stdio: 'inherit' })
  if (copied.status !== 0) throw new Error('there is no room for a Debian of its own')
  spawnSync('cp', ['/etc/resolv.conf', '/etc/hosts', join(folder, 'etc')])
  return {
    folder,
    run: (line, { user, env = {} } = {}) => {
      const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
      const given = Object.entries(env).map(([name, value]) => `${name}=${value}`)
      const bare = ['env', '-i', path, ...given, 'sh', '-c', line]
      const as = user === undefined ? bare : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', ...bare]
      const ran = spawnSync(
        'unshare',
        ['--mount', '--pid', '--fork', '--', 'sh', '-c', enter, 'enter', folder, ...as],
        {
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
          timeout: 900_000,
        },
      )
      return { code: ran.status ?? 255, text: `${ran.stdout}${ran.stderr}` }
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
