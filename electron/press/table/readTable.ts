import { parse } from 'csv-parse/sync'
import readXlsx from 'read-excel-file/node'
import { faultOf } from '#shared/fault.ts'
import type { CodePage, ReadTable } from '#shared/ports/mailPress.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeText } from '#shared/text/decode.ts'

/** Cells of one table at most: a register of 100,000 lines of twenty columns, ten times over. */
const mostCells = 20_000_000
/** Of a workbook, which is compressed: more is none that a register was kept in. */
const mostBytes = 200 * 1024 * 1024

/**
 * The rows of a CSV table (comma, semicolon or tabulator; UTF-8, else the Windows code page that is named) or of the first
 * sheet of an XLSX workbook. Fault: table.unreadable.
 * @param page of bytes that are not UTF-8
 */
export async function readTable(bytes: Uint8Array, page: CodePage = 'windows-1252'): Promise<Result<ReadTable>> {
  if (bytes.byteLength > mostBytes) return unreadable('too large')
  const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
  try {
    return zipped ? ok({ rows: await rowsOfBook(bytes), encoding: 'xlsx' }) : rowsOfCsv(bytes, page)
  } catch (cause) {
    return unreadable(cause instanceof Error ? cause.message.slice(0, 120) : 'unknown')
  }
}
const unreadable = (detail: string): Result<never> => err(faultOf('table.unreadable', detail))

const rowsOfBook = async (bytes: Uint8Array): Promise<ReadTable['rows']> => {
  const [sheet] = await readXlsx(Buffer.from(bytes))
  return (sheet?.data ?? []).map((row) => row.map(cellText))
}

/** A date of a workbook is a day at midnight UTC; a number keeps its digits. */
const cellText = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return typeof cell === 'string' ? cell : typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}

const rowsOfCsv = (bytes: Uint8Array, page: CodePage): Result<ReadTable> => {
  const decoded = decodeText(bytes)
  const encoding = 'flaw' in decoded ? page : 'utf-8'
  const text = 'flaw' in decoded ? new TextDecoder(page).decode(bytes) : decoded.text
  if (text.includes('\u0000')) return unreadable('binary')
  const [head = ''] = text.split(/\r?\n/u, 1)
  const delimiter =
    [';', '\t', ','].toSorted((one, other) => head.split(other).length - head.split(one).length)[0] ?? ','
  const rows: ReadTable['rows'] = parse(text, {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  })
  if (rows.length * (rows[0]?.length ?? 0) > mostCells) return unreadable('too large')
  return rows.length === 0 ? unreadable('empty') : ok({ rows, encoding })
}
