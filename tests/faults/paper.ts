import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import { paperKindOf, paperKinds } from '#shared/contract/papers.ts'
import type { Printer } from '#shared/ports/printer.ts'
import { paperTrail } from '#tests/builders/worker.ts'

/** A printer of which every paper is kept: one line each, the hash of what is on it and the title of the job. */
export function keptPaper(file: string): Printer {
  const printer = paperTrail('/dev/null')
  return {
    ...printer,
    submit: (job) => {
      appendFileSync(file, `${createHash('sha256').update(job.pdf).digest('hex')} ${job.title}\n`)
      return printer.submit(job)
    },
  }
}

const hashLength = 64
const linesOf = (file: string): readonly string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .filter((line) => line !== '')
    : []
const titleOf = (line: string): string => line.slice(hashLength + 1)

/** Everything that came out, in its order. */
export const printed = (file: string): readonly { readonly title: string; readonly sha256: string }[] =>
  linesOf(file).map((line) => ({ title: titleOf(line), sha256: line.slice(0, hashLength) }))

/** Whether a job's paper is among them, as an agent sees who looks at the printer. */
export function cameOut(file: string, { kind, number, rank, copy }: PrintJobView): boolean {
  const known = paperKindOf(kind)
  const name = known === undefined ? number : paperKinds[known].title({ number, rank })
  const title = kind === 'receipt' && copy > 0 ? `${name} DUPLICATA ${String(copy)}` : name
  return linesOf(file).some((line) => titleOf(line) === title)
}

/**
 * The papers that came out twice. Each has a title of its own; where acts were lost with a register that was put back,
 * a duplicata, a correction
 * or a closing may have been counted again and is another paper then, but a number never is.
 */
export function twice(file: string, { whole }: { readonly whole: boolean }): readonly string[] {
  const seen = new Set<string>()
  return linesOf(file)
    .filter((line) => {
      const title = titleOf(line)
      const key = whole || !title.includes(' ') ? title : line
      if (seen.has(key)) return true
      seen.add(key)
      return false
    })
    .map(titleOf)
}
