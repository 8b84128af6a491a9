import { createHash, randomInt } from 'node:crypto'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { SplitStack } from '#shared/domain/mail/stackRules.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'

/** A counter prints no more separators or labels at once: a ream of sheets, a hundred sheets of labels. */
const [mostSeparators, mostLabels] = [500, 2_400]
/** A stack above this is not read, in bytes. */
export const stackLimit = 400 * 1024 * 1024

const count = { type: 'string' } as const
const out = { type: 'string' } as const

/** `guichet mail separators|labels|split`: what makes a morning's stack of paper into letters. */
export const mailStackCommands: readonly Command[] = [
  {
    name: 'mail separators',
    summary: 'sheets to lay before each letter of a stack, the same on both sides: print them two-sided',
    usage: '--count N [--service CODE] [--confidentiality LEVEL] --out FILE.pdf',
    options: { count, out, service: { type: 'string' }, confidentiality: { type: 'string' } },
    run: separators,
  },
  {
    name: 'mail labels',
    summary: 'the next labels of this counter, to be stuck on letters before they are scanned; none comes twice',
    usage: '--count N --out FILE.pdf',
    options: { count, out },
    run: labels,
  },
  {
    name: 'mail split',
    summary: 'the letters of a scanned stack, its balance, and the places where somebody has to look',
    usage: 'FILE.pdf|FILE.png|FILE.jpg',
    run: split,
  },
]

const countIn = (context: CommandContext, most: number): Result<number> => {
  const parsed = z.coerce.number().int().min(1).max(most).safeParse(context.options['count'])
  return parsed.success ? ok(parsed.data) : err(faultOf('call.invalid', `--count N, 1 to ${String(most)}`))
}

/** Writes a file that was made, once it is known that it can be: before anything is taken from a series. */
const outFile = async (context: CommandContext): Promise<Result<(bytes: Uint8Array) => Result<void>>> => {
  const path = context.options['out']
  if (typeof path !== 'string' || path === '') return err(faultOf('call.invalid', '--out FILE.pdf'))
  const { prepareOut, targetFault } = await import('#electron/worker/files/target.ts')
  const odd = targetFault(path)
  if (odd !== undefined) return err(odd)
  const folder = prepareOut(dirname(path))
  return folder.ok ? ok((bytes) => folder.value.write(path, bytes)) : folder
}

async function separators(context: CommandContext): Promise<Result<Said>> {
  const [{ separator, separatorSerials }, { pressHere }, { resourcesDir }] = await Promise.all([
    import('#shared/domain/mail/separator.ts'),
    import('#electron/press/pressHere.ts'),
    import('./resourcesDir.ts'),
  ])
  const wanted = countIn(context, mostSeparators)
  if (!wanted.ok) return wanted
  const { service, confidentiality } = context.options
  const sheets = z.array(separator).safeParse(
    separatorSerials(wanted.value, randomInt).map((serial) => ({
      serial,
      ...(service === undefined ? {} : { service }),
      ...(confidentiality === undefined ? {} : { confidentiality }),
    })),
  )
  if (!sheets.success)
    return err(
      faultOf(
        'call.invalid',
        '--service: up to 80 letters; --confidentiality: none, restricted, confidential or secret',
      ),
    )
  const write = await outFile(context)
  if (!write.ok) return write
  const made = await pressHere({ resourcesDir }).separators(sheets.data)
  if (!made.ok) return made
  const written = write.value(made.value)
  if (!written.ok) return written
  const pages = 2 * wanted.value
  const sha256 = createHash('sha256').update(made.value).digest('hex')
  return ok({
    json: { separators: wanted.value, pages, sha256 },
    text: `${String(wanted.value)} separators on ${String(pages)} pages: print them two-sided`,
  })
}

async function labels(context: CommandContext): Promise<Result<Said>> {
  const [{ openMailRegister }, { takeLabels }, { pressHere }, { resourcesDir }] = await Promise.all([
    import('./openMailRegister.ts'),
    import('#electron/worker/acts/takeLabels.ts'),
    import('#electron/press/pressHere.ts'),
    import('./resourcesDir.ts'),
  ])
  const wanted = countIn(context, mostLabels)
  if (!wanted.ok) return wanted
  const write = await outFile(context)
  if (!write.ok) return write
  const register = await openMailRegister(context)
  if (!register.ok) return register
  const taken = takeLabels(register.value, wanted.value)
  register.value.close()
  if (!taken.ok) return taken
  const { fr, ar } = register.value.office.name
  const made = await pressHere({ resourcesDir }).labels({ labels: [...taken.value], office: { fr, ar } })
  if (!made.ok) return made
  const written = write.value(made.value)
  if (!written.ok) return written
  return ok({ json: { labels: taken.value }, text: `${taken.value[0] ?? ''} … ${taken.value.at(-1) ?? ''}` })
}

async function split(context: CommandContext): Promise<Result<Said>> {
  const [{ findOfficeCode }, { readRegular }, { splitPages }] = await Promise.all([
    import('./openMailRegister.ts'),
    import('./readInput.ts'),
    import('#electron/press/scan/splitPages.ts'),
  ])
  const [path, ...more] = context.positionals
  if (path === undefined || more.length > 0) return err(faultOf('call.invalid', 'one file is expected'))
  const stack = await readRegular(path, stackLimit)
  if (!stack.ok) return stack
  const office = await findOfficeCode(context)
  if (!office.ok) return office
  if (office.value === undefined)
    context.progress(`no register in ${context.dataDir}: no label is known to be of this office`)
  const onPage = (done: number, of: number): void => {
    if (done % 20 === 0) context.progress(`${String(done)} of ${String(of)} pages`)
  }
  const answer = await splitPages(stack.value, { office: office.value, signal: context.signal, onPage })
  return answer.ok ? ok({ json: answer.value, text: sayStack(answer.value) }) : answer
}

const sayStack = ({ balance, documents, stops }: SplitStack): string => {
  const { pages, separators: sheets, blanks, unreadable } = balance
  return [
    `${String(pages)} pages: ${String(sheets)} separators, ${String(documents.length)} documents, ${String(blanks)} blank, ${String(unreadable)} unreadable`,
    ...documents.map((one, at) =>
      [`${String(at + 1)}.`, `pages ${one.pages.join(', ')}`, one.label, one.service, one.confidentiality]
        .filter((part) => part !== undefined)
        .join('  '),
    ),
    ...stops.map(({ page, why }) => `look at page ${String(page)}: ${why}`),
  ].join('\n')
}
