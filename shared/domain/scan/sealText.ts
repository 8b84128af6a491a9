/** Begins every seal; all its letters are of QR's alphanumeric set. */
export const sealPrefix = 'GU1:'

/** What a mail or a page puts around and into a text that is copied: signs without width, and spaces of other widths. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu
const otherSpaces = /[\p{Zs}\t]/gu
const around = /^[\s"'`«»“”„‘’<>]+|[\s"'`«»“”„‘’<>]+$/gu
/** A line end, with the mark of a quoted line after it. */
const lineEnd = /\r?\n(?:[ \t]*>)*/gu

/**
 * What a copied text may be as a seal, likeliest first; nothing when it does not begin as one. A space belongs to the
 * letters of a seal: whether a line was cut at one, or the space was kept beside the line end, nobody can see, but only
 * one of the readings is signed.
 */
export function sealForms(text: string): readonly string[] {
  const bare = text.replace(unseen, '').replace(otherSpaces, ' ').replace(around, '')
  const forms = [
    bare.replace(lineEnd, ''),
    bare.replace(new RegExp(` *(?:${lineEnd.source}) *`, 'gu'), ''),
    bare.replace(new RegExp(` *(?:${lineEnd.source}) *`, 'gu'), ' '),
  ]
  return [...new Set(forms.map((form) => form.toUpperCase()))].filter((form) => form.startsWith(sealPrefix))
}
