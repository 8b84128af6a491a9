import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { logFile, logFolder, logLine } from '#shared/log.ts'
import { makeFolders } from './start/dataFolder.ts'

/** Who wrote a line. */
export type LogSource = 'main' | 'worker' | 'devices' | 'press' | 'hall' | 'renderer'

/** Bytes of one file, and how many older ones are kept beside it: enough for weeks, little for a small disk. */
const usual = { bytes: 1_000_000, kept: 4 } as const

/** The log of the program in its data folder. What cannot be written is lost, never thrown: a log stops no counter. */
export interface Log {
  /** One entry; its lines stay together. */
  write(source: LogSource, entry: string): void
  /** Takes in what a process writes to its streams, line by line, until they end. */
  follow(source: LogSource, stream: NodeJS.ReadableStream | null | undefined): void
}

interface Options {
  readonly dataDir: string
  readonly now: () => Date
  /** Where each line goes besides the file: the terminal of whoever started the program. */
  readonly echo?: (line: string) => void
  readonly limits?: { readonly bytes: number; readonly kept: number }
}

/**
 * Opens `<dataDir>/logs/guichet.log`. A full file becomes `guichet.log.1`, that one `.2`, and so on; the oldest is
 * dropped. Lines are cleaned by `logLine`: codes and places, nothing of a person.
 */
export function openLog({ dataDir, now, echo = () => undefined, limits = usual }: Options): Log {
  const file = logFile(dataDir)
  let size: number | undefined
  const rotate = (): void => {
    rmSync(`${file}.${String(limits.kept)}`, { force: true })
    for (let age = limits.kept - 1; age >= 1; age -= 1) move(`${file}.${String(age)}`, `${file}.${String(age + 1)}`)
    move(file, `${file}.1`)
    size = 0
  }
  const append = (text: string): void => {
    try {
      if (size === undefined) {
        makeFolders(logFolder(dataDir))
        size = sizeOf(file)
      }
      const bytes = Buffer.byteLength(text)
      if (size > 0 && size + bytes > limits.bytes) rotate()
      appendFileSync(file, text, { mode: 0o600 })
      size += bytes
    } catch {
      // A full or a read-only disk: said by the register, which notices too. The folder is looked for anew next time.
      size = undefined
    }
  }
  const write = (source: LogSource, entry: string): void => {
    const at = now().toISOString()
    const lines = entry
      .split('\n')
      .map((line) => logLine(line))
      .filter((line) => line !== '')
    if (lines.length === 0) return
    const text = lines.map((line) => `${at} ${source.padEnd(8)} ${line}`).join('\n')
    append(`${text}\n`)
    echo(text)
  }
  return {
    write,
    follow: (source, stream) => {
      if (stream === null || stream === undefined) return
      let rest = ''
      stream.setEncoding('utf8')
      stream.on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n')
        // A line that never ends is cut: it is no line of ours.
        rest = (lines.pop() ?? '').slice(-4_000)
        if (lines.length > 0) write(source, lines.join('\n'))
      })
      stream.on('end', () => {
        if (rest !== '') write(source, rest)
        rest = ''
      })
      stream.on('error', () => undefined)
    },
  }
}

const move = (from: string, to: string): void => {
  try {
    renameSync(from, to)
  } catch {
    // Not there yet.
  }
}

const sizeOf = (file: string): number => {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}
