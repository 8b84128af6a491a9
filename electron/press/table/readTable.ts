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
 * The rows of a CSV table (comma, semicolon or tabulator; UTF-8, UTF-16 with its mark, else a Windows code page) or of the
 * first sheet of an XLSX workbook. Fault: table.unreadable.
 * @param page of bytes that are neither; absent: the one whose words are whole
 */
export async function readTable(bytes: Uint8Array, page?: CodePage): Promise<Result<ReadTable>> {
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

/** As spreadsheets write "Unicode text". */
const utf16Of = ([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined

/**
 * Arabic read as Latin has no Arabic word, and Latin read as Arabic has Arabic letters within Latin words: both code
 * pages have the small letters of French in the same places.
 */
const guessedPage = (bytes: Uint8Array): CodePage => {
  const text = new TextDecoder('windows-1256').decode(bytes)
  const whole = text.match(/(?<!\p{L})\p{Script=Arabic}{3,}(?!\p{L})/gu)?.length ?? 0
  const mixed = text.match(/\p{Script=Latin}\p{Script=Arabic}|\p{Script=Arabic}\p{Script=Latin}/gu)?.length ?? 0
  return whole > mixed ? 'windows-1256' : 'windows-1252'
}

const textOf = (
  bytes: Uint8Array,
  page: CodePage | undefined,
): { readonly text: string; readonly encoding: string } => {
  const decoded = decodeText(bytes)
  if (!('flaw' in decoded)) return { text: decoded.text, encoding: 'utf-8' }
  const encoding = utf16Of(bytes) ?? page ?? guessedPage(bytes)
  return { text: new TextDecoder(encoding).decode(bytes), encoding }
}

const delimiters = [';', '\t', ','] as const
/** Cells of a line at most, and how they are parted. */
const partedBy = (line: string) =>
  delimiters
    .map((delimiter) => ({ delimiter, cells: line.split(delimiter).length }))
    .reduce((most, one) => (one.cells > most.cells ? one : most))
/** What parts the cells: by the first line that has as many as a register needs, whatever stands over it. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 100_000)
    .split(/\r\n?|\n/u, 20)
    .map(partedBy)
  return (lines.find(({ cells }) => cells >= 4) ?? lines[0] ?? { delimiter: ',' }).delimiter
}

const rowsOfCsv = (bytes: Uint8Array, page: CodePage | undefined): Result<ReadTable> => {
  const { text, encoding } = textOf(bytes, page)
  if (text.includes('\u0000')) return unreadable('binary')
  const rows: ReadTable['rows'] = parse(text, {
    delimiter: delimiterOf(text),
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  })
  if (rows.length * (rows[0]?.length ?? 0) > mostCells) return unreadable('too large')
  return rows.length === 0 ? unreadable('empty') : ok({ rows, encoding })
}
