import { stdin as input, stdout, stderr } from 'node:process'
import { machineFile } from '#electron/main/machineSettings.ts'
import { main, type Surroundings } from './main.ts'
import type { CommandGroup } from './command.ts'

/** Runs one command line on the streams of this process; resolves to its exit code once everything is written. */
export async function runHere(
  words: readonly string[],
  around: Pick<Surroundings, 'env' | 'keystore'>,
  known?: readonly CommandGroup[],
): Promise<number> {
  // Whoever read along has hung up: what was to be done is done all the same, and there is nobody to tell.
  for (const stream of [stdout, stderr])
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EPIPE') throw cause
    })
  const interrupted = new AbortController()
  process.once('SIGINT', () => {
    interrupted.abort()
  })
  return main(
    words,
    {
      ...around,
      signal: interrupted.signal,
      stdin: input,
      settingsFile: machineFile(),
      out: (text) => {
        stdout.write(text)
      },
      err: (text) => {
        stderr.write(text)
      },
    },
    known,
  )
}
