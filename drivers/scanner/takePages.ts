import { accessSync, constants } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runBounded, type Ended, type Limits } from './run.ts'

interface Taking extends Limits {
  /** Of all pages together. */
  readonly bytes: number
  readonly onPage?: ((pages: number) => void) | undefined
}
interface Taken {
  /** Those that the scanner said were there, in their order. */
  readonly pages: readonly Uint8Array[]
  readonly ended: Ended
}

/**
 * Runs `scanimage` over a whole stack. It has to be one run, or a feeder lets go of the sheet that it holds; and a run of
 * several pages writes files: they stand in memory where the machine has a folder for that, for us alone, and each goes as
 * soon as it was read.
 */
export async function takePages(args: readonly string[], limits: Taking, env: NodeJS.ProcessEnv): Promise<Taken> {
  const folder = await mkdtemp(join(memory(), 'guichet-scan-'))
  const stop = new AbortController()
  const pages: Promise<Uint8Array>[] = []
  let [size, line] = [0, '']
  const take = async (path: string): Promise<Uint8Array> => {
    const bytes = Uint8Array.from(await readFile(path))
    await rm(path)
    size += bytes.length
    if (size > limits.bytes) stop.abort()
    return bytes
  }
  try {
    const ended = await runBounded(
      'scanimage',
      [...args, `--batch=${join(folder, '%d.jpg')}`, '--batch-print'],
      {
        ms: limits.ms,
        bytes: 1024 * 1024,
        signal: limits.signal === undefined ? stop.signal : AbortSignal.any([limits.signal, stop.signal]),
        // One name a page, once the page is whole.
        onOut: (chunk) => {
          const lines = (line + chunk.toString('utf8')).split('\n')
          line = lines.pop() ?? ''
          for (const _ of lines)
            pages.push(take(join(folder, `${String(pages.length + 1)}.jpg`)).catch(() => new Uint8Array()))
          if (lines.length > 0) limits.onPage?.(pages.length)
        },
      },
      env,
    )
    return { pages: await Promise.all(pages), ended: stop.signal.aborted ? { kind: 'tooLong' } : ended }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A folder that is memory (Linux), or that of all temporary files. */
function memory(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}
