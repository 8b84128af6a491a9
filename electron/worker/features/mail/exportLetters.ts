import type { LetterQuestion } from '#shared/contract/features/mail/views.ts'
import type { LetterDraft } from '#shared/domain/mail/letter.ts'
import { csvLine } from '#shared/text/csv.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { purposeWithBasis, recordAccess } from '../../core/recordAccess.ts'
import { todayOf } from './overview.ts'
import { letterUpTo, lineOf, type LetterRow } from './rows/letters.ts'
import { searchLetters } from './rows/searchLetters.ts'
import { clearanceOfPerson } from './seeLetter.ts'

/** More lines are a package for an archive, not a table for a desk. */
const mostLines = 50_000
const heads = [
  ...['Numéro', 'Registre', 'Date', 'Expéditeur', 'Destinataires', 'Référence', 'Date de la lettre', 'Objet', 'Nature'],
  ...[
    'Urgence',
    'Confidentialité',
    'Service',
    'Échéance',
    'État',
    'Original',
    'Fichiers',
    'Répond à',
    'V/Réf',
    'N° du bureau d’ordre digital',
  ],
]

/** A table that leaves the register. */
export interface ExportedLetters {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly name: string
  readonly lines: number
}

/**
 * What a search finds as a table for a spreadsheet, of what may be seen by whoever asks; that it left is in the access
 * log. Faults: those of `Tx`.
 */
export async function exportLetters(
  context: Context,
  who: SignedIn,
  { question, format }: { readonly question: LetterQuestion; readonly format: 'csv' | 'xlsx' },
): Promise<Result<ExportedLetters>> {
  const today = todayOf(context)
  const asked = { ...question, limit: mostLines, skip: 0, countTo: 1 }
  const { db } = context.store
  const level = clearanceOfPerson(context, who)
  const { rows } = searchLetters(db, asked, { level, today })
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'copy',
    purpose: purposeWithBasis(context, 'mail'),
    subject: `mail ${String(rows.length)}`,
  })
  if (!recorded.ok) return recorded
  const table = [heads, ...rows.map((row) => cellsOf(row, letterUpTo(db, row.letter, level)))]
  const bytes = format === 'csv' ? csvOf(table) : await bookOf(table)
  return ok({ bytes, name: `courrier-${context.counter}-${today}.${format}`, lines: rows.length })
}

const cellsOf = (row: LetterRow, letter: LetterDraft): string[] => {
  const line = lineOf(row)
  return [
    line.number,
    line.register,
    line.receivedOn,
    line.sender.name,
    line.recipients.map(({ name }) => name).join(' ; '),
    line.reference ?? '',
    line.letterDate ?? '',
    line.subject,
    line.kind,
    line.urgency,
    line.confidentiality,
    line.service ?? '',
    line.by ?? '',
    line.state,
    line.holder?.service ?? '',
    String(line.files),
    letter.inReplyTo ?? '',
    letter.theirReference ?? '',
    letter.digitalNumber ?? '',
  ]
}

/** With a byte order mark: spreadsheets take a file without one for another encoding. */
const csvOf = (table: readonly string[][]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`\ufeff${table.map(csvLine).join('\r\n')}\r\n`)

/** Every cell is a text: nothing that a stranger wrote is a formula. */
const bookOf = async (table: readonly string[][]): Promise<Uint8Array<ArrayBuffer>> => {
  const { default: writeBook } = await import('write-excel-file/node')
  const data = table.map((cells) => cells.map((value) => ({ value, type: String })))
  return new Uint8Array(await writeBook(data, { sheet: 'Courrier' }).toBuffer())
}
