import type { Proposals } from '#shared/domain/mail/proposal/reading.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'

/** A file above this is not read, in bytes: 500 pages at 300 dpi, in colour. */
const largest = 400 * 1024 * 1024
/** A letter says who, when and what on its first pages. */
const pages = 2

/** `guichet mail propose`: what a letter says of itself, without a register. */
export const mailPropose: Command = {
  name: 'mail propose',
  summary: 'reads a letter (PDF, picture, e-mail, text): sender, reference, date and subject, each with its confidence',
  usage: 'FILE [--received DATE]',
  options: { received: { type: 'string' } },
  run: propose,
}

/** Faults: file.unreadable, call.invalid (the day), and those of the press. */
async function propose({ positionals, options, signal }: CommandContext): Promise<Result<Said>> {
  const [file] = positionals
  if (file === undefined) return err(faultOf('call.invalid', 'a file is missing: guichet mail propose FILE'))
  const { received } = options
  const [{ z }, path, { readRegular }, { pressHere }, { resourcesDir }] = await Promise.all([
    import('zod'),
    import('node:path'),
    import('./readInput.ts'),
    import('#electron/press/pressHere.ts'),
    import('./resourcesDir.ts'),
  ])
  const day = z.iso.date().safeParse(received ?? today())
  if (!day.success) return err(faultOf('call.invalid', '--received: a day as 2026-11-30'))
  const bytes = await readRegular(file, largest)
  if (!bytes.ok) return bytes
  const press = pressHere({ resourcesDir })
  const read = await press.propose({ bytes: bytes.value, name: path.basename(file), received: day.data, pages }, signal)
  if (!read.ok) return read
  const { proposals, notes, files } = read.value
  const json = {
    ...proposals,
    notes,
    ...(files === undefined ? {} : { files: files.map(({ name, type, depth }) => ({ name, type, depth })) }),
  }
  return ok({ json, text: [...lines(proposals), ...notes.map((note) => `note        ${note}`)].join('\n') })
}

const lines = (proposals: Proposals): readonly string[] =>
  (['sender', 'reference', 'date', 'subject'] as const).map((field) => {
    const found = proposals[field]
    return `${field.padEnd(10)}  ${found === undefined ? '-' : `${found.value}   (${found.confidence.toFixed(2)})`}`
  })

/** Morocco is at UTC for good since 20 September 2026 (decree 2.26.530): its day is that of UTC. */
const today = (): string => new Date().toISOString().slice(0, 10)
