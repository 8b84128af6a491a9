import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** How to start PostgreSQL's programs, which refuse to run as root. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
  /** Program and arguments for `spawn`. */
  command(line: readonly string[]): [string, string[]]
  readonly spawn: { readonly uid?: number; readonly gid?: number }
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))

/**
 * As root the programs run as `postgres` or `nobody`. With setpriv they keep the one right to pass folders closed to
 * that user, since a project or a data folder below root's home is otherwise out of their reach; `no_setuid_fixup`
 * makes access(2) honour it. A starter that dies takes its server along.
 */
export function asServerUser(): ServerUser {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0]
  const plain = (line: readonly string[]): [string, string[]] => [line[0] ?? '', line.slice(1)]
  if (uid !== 0 || process.platform === 'win32') return { uid, gid, command: plain, spawn: {} }
  const other = knownUser('postgres') ?? knownUser('nobody') ?? { uid: 65534, gid: 65534 }
  if (setpriv === undefined) return { ...other, command: plain, spawn: other }
  const rights = [
    '--pdeathsig',
    'INT',
    '--inh-caps',
    '+dac_override',
    '--ambient-caps',
    '+dac_override',
    '--securebits',
    '+no_setuid_fixup',
  ]
  const identity = ['--reuid', String(other.uid), '--regid', String(other.gid), '--clear-groups']
  // A container may withhold these rights; open folders are then all that is within reach.
  if (spawnSync(setpriv, [...identity, ...rights, 'true']).status !== 0)
    return { ...other, command: plain, spawn: other }
  return { ...other, command: (line) => [setpriv, [...identity, ...rights, ...line]], spawn: {} }
}

function knownUser(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}
