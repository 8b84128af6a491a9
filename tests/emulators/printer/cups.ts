import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run, start, until, type Running } from './processes.ts'

/** A CUPS of our own: private configuration, spool and socket, beside or without the system's. */
export interface Cups {
  readonly socket: string
  addQueue(name: string, uri: string): Promise<void>
  pause(queue: string): Promise<void>
  resume(queue: string): Promise<void>
  /** The queue as an administrator sets it: whether it takes jobs, and options of `lpadmin`. */
  accept(queue: string, jobs: boolean): Promise<void>
  configure(queue: string, options: readonly string[]): Promise<void>
  stop(): Promise<void>
  startAgain(): Promise<void>
}

/** Starts cupsd; its filters run as `lp`, so the folder has to be passable. */
export async function startCups(folder: string, env: Readonly<Record<string, string>>): Promise<Cups> {
  const at = (name: string): string => join(folder, 'cups', name)
  for (const name of ['etc', 'cache', 'spool/tmp', 'state', 'log']) await mkdir(at(name), { recursive: true })
  await chmod(folder, 0o755)
  const socket = join(folder, 'cups.sock')
  await writeFile(
    at('etc/cups-files.conf'),
    `ServerRoot ${at('etc')}
CacheDir ${at('cache')}
RequestRoot ${at('spool')}
TempDir ${at('spool/tmp')}
StateDir ${at('state')}
ErrorLog ${at('log/error')}
AccessLog ${at('log/access')}
PageLog ${at('log/page')}
SystemGroup root
FatalErrors none
`,
  )
  await writeFile(
    at('etc/cupsd.conf'),
    `LogLevel warn
Listen ${socket}
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`,
  )
  const startDaemon = async (): Promise<Running> => {
    const daemon = start('cupsd', ['-f', '-c', at('etc/cupsd.conf'), '-s', at('etc/cups-files.conf')], env)
    await until(
      'CUPS',
      async () =>
        existsSync(socket) &&
        (await run('lpstat', ['-h', socket, '-r']).then(
          (said) => !said.includes('not'),
          () => false,
        )),
      30_000,
      daemon.said,
    )
    return daemon
  }
  let daemon = await startDaemon()
  return {
    socket,
    addQueue: async (name, uri) => {
      await run('lpadmin', ['-h', socket, '-p', name, '-E', '-v', uri, '-m', 'everywhere'])
      // CUPS asks the printer in the background; until then the queue knows no paper.
      await until(`the queue ${name}`, () => existsSync(at(`etc/ppd/${name}.ppd`)))
      await run('lpadmin', ['-h', socket, '-d', name])
    },
    pause: async (queue) => {
      await run('cupsdisable', ['-h', socket, queue])
    },
    resume: async (queue) => {
      await run('cupsenable', ['-h', socket, queue])
    },
    accept: async (queue, jobs) => {
      await run(jobs ? 'cupsaccept' : 'cupsreject', ['-h', socket, queue])
    },
    configure: async (queue, options) => {
      await run('lpadmin', ['-h', socket, '-p', queue, ...options])
    },
    stop: async () => {
      await daemon.stop()
    },
    startAgain: async () => {
      daemon = await startDaemon()
    },
  }
}
