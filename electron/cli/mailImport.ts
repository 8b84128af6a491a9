import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import { columnMap, linesOf } from '#shared/domain/mail/oldRegister.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeText } from '#shared/text/decode.ts'
import type { Command, CommandContext } from './command.ts'
import { readPath } from './readInput.ts'
import { signedIn } from './signedIn.ts'

const usage = 'FILE --map MAP.json [--dry-run] [--encoding windows-1252|windows-1256] [--login LOGIN]'

/** `guichet mail import`: a register that was kept elsewhere, beside ours; and the way back. */
export const mailImportCommands: readonly Command[] = [
  {
    name: 'mail import',
    summary:
      'takes the lines of an old register (CSV or XLSX); the map says which column is number, receivedOn, sender, subject, reference, letterDate, service, note, register',
    usage,
    options: {
      map: { type: 'string' },
      'dry-run': { type: 'boolean' },
      encoding: { type: 'string' },
      login: { type: 'string' },
    },
    async run(context) {
      const table = await readLines(context)
      if (!table.ok) return table
      const { rows, lines, refused, sha256, encoding } = table.value
      return signedIn(context, 'clerk', async ({ ask }) => {
        const dryRun = context.options['dry-run'] === true
        const taken = await ask('mail.import', { commandId: v7(), lines: [...lines], sha256, dryRun })
        if (!taken.ok) return taken
        const { taken: count, doubles } = taken.value
        return ok({
          json: {
            rows,
            taken: count,
            doubles: doubles.length,
            refused: refused.map(({ row, why }) => ({ row, why })),
            doubled: doubles,
            encoding,
            dryRun,
          },
          text: [
            `${String(rows)} rows: ${String(count)} ${dryRun ? 'would be taken' : 'taken'}, ${String(doubles.length)} doubles, ${String(refused.length)} refused`,
            ...doubles
              .slice(0, 20)
              .map(
                ({ row, number, differs }) =>
                  `  row ${String(row)}: ${number} is there already${differs ? ', with another content' : ''}`,
              ),
            ...refused.slice(0, 20).map(({ row, why }) => `  row ${String(row)}: ${why}`),
          ].join('\n'),
        })
      })
    },
  },
  {
    name: 'mail undo-import',
    summary: 'takes the newest import back, as long as no letter was entered after it',
    usage: '[--login LOGIN]',
    options: { login: { type: 'string' } },
    run: (context) =>
      signedIn(context, 'clerk', async ({ ask }) => {
        const undone = await ask('mail.undoImport', {})
        return undone.ok ? ok({ json: undone.value, text: `${String(undone.value.removed)} lines removed` }) : undone
      }),
  },
]

/** The lines of the file, before the register is opened. Faults: call.invalid, file.unreadable, table.*. */
const readLines = async ({ positionals: [file], options }: CommandContext) => {
  const { map: path, encoding } = options
  if (file === undefined || typeof path !== 'string') return err(faultOf('call.invalid', usage))
  if (encoding !== undefined && encoding !== 'windows-1252' && encoding !== 'windows-1256')
    return err(faultOf('call.invalid', '--encoding: windows-1252 or windows-1256'))
  const map = await readMap(path)
  if (!map.ok) return map
  const bytes = await readPath(file)
  if (!bytes.ok) return bytes
  const { readTable } = await import('#electron/press/table/readTable.ts')
  const table = await readTable(bytes.value, encoding)
  if (!table.ok) return table
  const read = linesOf(table.value.rows, map.value)
  if ('missing' in read) return err(faultOf('table.column', read.missing, { column: read.missing }))
  const sha256 = createHash('sha256').update(bytes.value).digest('hex') as Sha256 // of that form
  // Empty rows are none.
  const rows = read.lines.length + read.refused.length
  return ok({ ...read, rows, sha256, encoding: table.value.encoding })
}

const readMap = async (path: string): Promise<Result<ReturnType<typeof columnMap.parse>>> => {
  const bytes = await readPath(path)
  if (!bytes.ok) return bytes
  const decoded = decodeText(bytes.value)
  const parsed = columnMap.safeParse('flaw' in decoded ? undefined : readJson(decoded.text))
  return parsed.success
    ? ok(parsed.data)
    : err(faultOf('call.invalid', '--map: {"number": HEADING, "receivedOn": HEADING, "sender": …, "subject": …}'))
}
