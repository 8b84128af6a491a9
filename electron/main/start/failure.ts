import type { WrongSetting } from '#shared/domain/machineSettings.ts'
import type { StartFailure } from '#shared/domain/startFailure.ts'
import type { Language } from '#shared/domain/text.ts'
import { fill as fillPlain } from '#shared/text/fill.ts'
import { startWords, type FolderTrouble } from './words.ts'

/** Why the program does not start. */
export type StartReason =
  | { readonly kind: 'settings'; readonly file: string; readonly wrong: readonly WrongSetting[] }
  | { readonly kind: 'folder'; readonly folder: string; readonly trouble: FolderTrouble }
  /** What was thrown, by its class alone. */
  | { readonly kind: 'crash'; readonly name: string }

/** Paths and names keep their direction inside Arabic. */
const fill = (phrase: string, values: Readonly<Record<string, string | number>>): string =>
  fillPlain(phrase, values, { around: (value) => `\u2068${String(value)}\u2069` })

/** What the window says of it. */
export function sayStartFailure(reason: StartReason, language: Language, version: string): StartFailure {
  const words = startWords[language]
  const reasons = (): readonly string[] => {
    if (reason.kind === 'folder') return [fill(words.folder[reason.trouble], { folder: reason.folder })]
    if (reason.kind === 'crash') return [fill(words.crash, { name: reason.name })]
    return reason.wrong.map(({ name, found, right, line }) =>
      fill(words.setting, {
        // A variable of the environment stands in no file.
        file: name?.startsWith('GUICHET_') === true ? 'environment' : placeOf(words.line, reason.file, line),
        name: name ?? 'settings.json',
        found: words.found[found],
        right: words.right[right],
      }),
    )
  }
  const { title, safe, next, again, leave } = words
  return { language, title, reasons: reasons(), safe, next: next[reason.kind], again, leave, version }
}

const placeOf = (words: string, file: string, line: number | undefined): string =>
  line === undefined ? file : fill(words, { file, line })

/** The same for a log or standard error: names and codes, nothing that was written in a setting. */
export const tellStartFailure = (reason: StartReason): string =>
  reason.kind === 'settings'
    ? reason.wrong.map(({ name, found, right }) => `setting ${name ?? 'file'}: ${found}, must be ${right}`).join('; ')
    : reason.kind === 'folder'
      ? `data folder: ${reason.trouble}`
      : reason.name
