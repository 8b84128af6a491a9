import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { decodeText } from '#shared/text/decode.ts'
import type { Command, CommandContext, Said } from './command.ts'

/** `guichet mrz parse`: a machine-readable zone from standard input, as a reader or an OCR engine wrote it. */
export const mrzCommands: readonly Command[] = [
  {
    name: 'mrz parse',
    summary: 'reads a machine-readable zone; each field says whether a check digit proves it',
    // The specimen of Doc 9303-4, appendix A.
    example: 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
    run: parse,
  },
]

/** Faults: mrz.malformed; file.unreadable (nothing on standard input). */
async function parse({ stdin }: CommandContext): Promise<Result<Said>> {
  const { parseMrz } = await import('#shared/domain/mrz/mrz.ts')
  const bytes = await stdin()
  if (!bytes.ok) return bytes
  const decoded = decodeText(bytes.value.subarray(0, 8192))
  if ('flaw' in decoded) return err(faultOf('mrz.malformed', decoded.flaw))
  const mrz = parseMrz(decoded.text, new Date())
  if (mrz === undefined) return err(faultOf('mrz.malformed'))
  const { documentNumber, familyName, givenNames, birthDate, expiryDate } = mrz
  const lines = [
    `${mrz.format} ${mrz.documentCode} ${mrz.issuer}   ${familyName.value} ${givenNames.value}   ${mrz.nationality}`,
    `number ${documentNumber.value} (${documentNumber.confidence})   born ${birthDate.value?.value ?? 'unknown'} (${birthDate.confidence})   until ${expiryDate.value?.value ?? 'unknown'} (${expiryDate.confidence})`,
    `composite check digit ${mrz.composite === undefined ? 'none on such a document' : mrz.composite ? 'agrees' : 'disagrees'}`,
    ...(mrz.doubtful.length === 0 ? [] : [`in doubt, read it again: ${mrz.doubtful.join(', ')}`]),
  ]
  return ok({ json: mrz, text: lines.join('\n') })
}
