import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** A Debian of its own in a folder: what runs in it sees nothing of this machine but its kernel and its network. */
export interface BareRoot {
  readonly folder: string
  /** Runs a line of the shell in it, to its end. */
  run(line: string, how?: How): Promise<Ran>
  /** Begins a line that does not end by itself. */
  start(line: string, how?: How): Running
  remove(): void
}

/** In whose name, root's when absent, and with which variables besides PATH. */
export interface How {
  readonly user?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Ran {
  readonly code: number
  /** What it said on standard output. */
  readonly out: string
  /** On both streams. */
  readonly text: string
}

export interface Running {
  readonly ended: Promise<Ran>
  /** Ends it with everything that it began, as a power cut would. */
  kill(): Promise<Ran>
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
# Not exec: whoever changes its user loses the word to end with its parent.
"$@"
exit $?
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
  const start = (line: string, { user, env = {} }: How = {}): Running => {
    const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
    const given = Object.entries(env).map(([name, value]) => `${name}=${value}`)
    const bare = ['env', '-i', path, ...given, 'sh', '-c', line]
    const as = user === undefined ? bare : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', ...bare]
    const child = spawn('unshare', [...namespaces, 'sh', '-c', enter, 'enter', folder, ...as], { timeout: 900_000 })
    const ended = ranOf(child)
    return {
      ended,
      kill: () => {
        child.kill('SIGKILL')
        return ended
      },
    }
  }
  return {
    folder,
    run: (line, how) => start(line, how).ended,
    start,
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The first process of a namespace takes all others with it. */
const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--']

const ranOf = async (child: ChildProcessWithoutNullStreams): Promise<Ran> => {
  child.stdin.end()
  let both = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      both += piece
    })
  const [out] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code: child.exitCode ?? 255, out, text: both }
}
