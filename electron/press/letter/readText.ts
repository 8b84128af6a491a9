import type { LetterNote } from '#shared/domain/mail/proposal/reading.ts'
import { familiar } from '#shared/domain/mail/proposal/trust.ts'

/** A text of any encoding that letters come in; nothing where the bytes are no text. */
export function readText(
  bytes: Uint8Array,
): { readonly text: string; readonly notes: readonly LetterNote[] } | undefined {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined
  if (marked !== undefined) return sound(new TextDecoder(marked).decode(bytes), [])
  try {
    return sound(new TextDecoder('utf-8', { fatal: true }).decode(bytes), [])
  } catch {
    // Not UTF-8: what Windows wrote before, in the language that gives words which letters hold.
    const [arabic, latin] = ['windows-1256', 'windows-1252'].map((encoding) => new TextDecoder(encoding).decode(bytes))
    const text = familiar(arabic ?? '') > familiar(latin ?? '') ? arabic : latin
    return sound(text ?? '', ['encodingGuessed'])
  }
}

/** A text has line ends and tabs, and hardly any other control. */
const sound = (
  text: string,
  notes: readonly LetterNote[],
): { readonly text: string; readonly notes: readonly LetterNote[] } | undefined => {
  const controls = text.match(/[^\P{Cc}\s]|\ufffd/gu)?.length ?? 0
  return controls > text.length * 0.01 ? undefined : { text, notes }
}
