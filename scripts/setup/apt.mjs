import { spawnSync } from 'node:child_process'
import { SetupStopped } from './giveUp.mjs'

/** How long another program may hold the package system, in milliseconds, and how often it is asked. */
const usual = { patience: 120_000, pause: 5_000 }

/**
 * Asks nothing, speaks the language that is searched here; RUNLEVEL=1 keeps Debian's install scripts from starting the
 * services they bring: tests start their own.
 */
export const aptEnvironment = ['LC_ALL=C', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1']

const held = /Could not get lock|Unable to (acquire|lock)|is another process using it/i
const unreachable = /Could not resolve|Unable to connect|Failed to fetch|Unable to fetch|Connection (failed|timed out)/i
const unknown = /Unable to locate package|has no installation candidate/i
const noRights = /Permission denied|are you root/i

/**
 * Runs apt-get and waits while another program holds the package system: its own waiting
 * (`DPkg::Lock::Timeout`, apt.conf(5)) does not hold for the lists. Throws one sentence.
 * `command` is `['apt-get', …]`, behind sudo or not.
 */
export function apt(command, { patience, pause } = usual) {
  const until = Date.now() + patience
  let told = false
  for (;;) {
    const [program, ...args] = command
    const ran = spawnSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...Object.fromEntries(aptEnvironment.map((one) => one.split('='))) },
    })
    if (ran.error?.code === 'ENOENT' || ran.status === 127)
      throw new SetupStopped(
        `${command.find((one) => one === 'apt-get') ?? program} is not on this machine, or not in PATH: install the packages by hand`,
      )
    if (ran.error !== undefined) throw ran.error
    if (ran.status === 0) return
    if (!held.test(ran.stderr)) throw new SetupStopped(why(ran.stderr))
    if (Date.now() + pause > until) {
      const by = /held by process (\d+(?: \([^)]*\))?)/.exec(ran.stderr)?.[1]
      throw new SetupStopped(
        `another program${by === undefined ? '' : `, process ${by},`} has held Debian's package system for ${Math.round(patience / 1000)} s: let it end, then try again`,
      )
    }
    if (!told) console.error("Waiting: another program holds Debian's package system")
    told = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause)
  }
}

const why = (said) => {
  if (noRights.test(said)) return 'this user may not install Debian packages: ask an administrator, or use sudo'
  if (unreachable.test(said))
    return 'apt reaches no repository: connect the network, or name one of the office in /etc/apt/sources.list'
  const missing = /(?:locate package|Package) '?([a-z0-9.+-]+)'?/.exec(said)?.[1]
  if (unknown.test(said))
    return `apt knows no package ${missing ?? 'of that name'}: reach a repository of Debian 12, then apt-get update`
  const line = said.split('\n').find((one) => one.startsWith('E: ')) ?? said.split('\n')[0]
  return `apt-get could not install the packages: ${line.replace(/^E: /, '')}`
}
