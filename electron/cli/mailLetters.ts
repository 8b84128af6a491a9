import { z } from 'zod'
import { letterDraft, type LetterDraft } from '#shared/domain/mail/letter.ts'
import { readTypedDate } from '#shared/domain/mail/typedDate.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { commandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeText } from '#shared/text/decode.ts'
import type { CommandContext } from './command.ts'

/** What `guichet mail register` takes on standard input: a letter, and paths of its files. */
const typedLetter = letterDraft.extend({
  files: z.array(z.string()).default([]),
  /** The same id twice is one letter; made when absent. */
  commandId: commandId.exactOptional(),
})
type TypedLetter = z.infer<typeof typedLetter>

/** A letter that was asked for. */
export interface TypedOrder {
  readonly letter: LetterDraft
  readonly files: readonly string[]
  readonly commandId?: string
}

/** Works as it is on a fresh data folder. The body does not exist. */
export const lettersExample = {
  register: 'arrival',
  receivedOn: '2026-11-30',
  mode: 'post',
  sender: { name: 'Direction provinciale (spécimen)', nameAr: 'المديرية الإقليمية (نموذج)' },
  reference: 'N° 123/DP/2026',
  letterDate: '2026-11-26',
  subject: 'Demande d’avis sur un projet de lotissement',
  kind: 'letter',
  language: 'fr',
  urgency: 'normal',
  confidentiality: 'none',
  enclosures: [{ label: 'Plan de masse', count: 2 }],
  service: 'URB',
} as const

/**
 * The letters on standard input: one, or a list. All are looked at before the first is entered.
 * Faults: file.unreadable; call.invalid, with the paths of what was refused, never the values.
 */
export async function readLetters({
  stdin,
}: CommandContext): Promise<Result<{ readonly letters: readonly TypedOrder[]; readonly list: boolean }>> {
  const bytes = await stdin()
  if (!bytes.ok) return bytes
  const decoded = decodeText(bytes.value)
  if ('flaw' in decoded) return err(faultOf('call.invalid', decoded.flaw))
  const json = readJson(decoded.text)
  if (json === undefined) return err(faultOf('call.invalid', 'not JSON'))
  const list = Array.isArray(json)
  const letters: readonly unknown[] = list ? json : [json]
  const hijri = letters.flatMap(hijriIn)
  if (hijri.length > 0) return err(faultOf('call.invalid', hijri.slice(0, 8).join('; ')))
  const parsed = z.array(typedLetter).max(10_000).safeParse(letters)
  if (parsed.success) return ok({ letters: parsed.data.map(orderOf), list })
  const issues = parsed.error.issues.slice(0, 8)
  return err(faultOf('call.invalid', issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')))
}

const dated = z.object({ letterDate: z.string() })
/** Nobody's date is converted without being asked: what it would be, and how both are given, is said. */
const hijriIn = (letter: unknown, index: number): readonly string[] => {
  const read = dated.safeParse(letter)
  const date = read.success ? readTypedDate(read.data.letterDate, '') : undefined
  return date?.kind === 'hijri'
    ? [
        `${String(index)}.letterDate: Hijri; as a civil day "letterDate": "${date.iso}", "letterDateWritten": "${date.written}"`,
      ]
    : []
}

const orderOf = ({ files, commandId: id, ...letter }: TypedLetter): TypedOrder => ({
  letter,
  files,
  ...(id === undefined ? {} : { commandId: id }),
})
