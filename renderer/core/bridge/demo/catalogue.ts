import type { Calls } from '#shared/contract/calls.ts'
import type { ProcedureEntry } from '#shared/contract/features/catalogue/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import { languages, type Localised } from '#shared/domain/text.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { withoutArticle, wordsOf } from '#shared/text/words.ts'
import { demoProcedures } from './procedures.ts'

const entryOf = ({ code, version, title, category, delay, fee }: Procedure): ProcedureEntry => ({
  code,
  version,
  title,
  category,
  delay,
  fee: { centimes: fee.centimes },
})
const textsOf = (...texts: readonly Localised[]): readonly string[] =>
  texts.flatMap((text) => languages.flatMap((language) => text[language] ?? []))

/** As the register finds them: by the beginnings of all words, titles that begin with them first. */
const found = (typed: string): readonly Procedure[] => {
  const asked = wordsOf(typed)
  const hits = demoProcedures.filter((sheet) => {
    const words = [sheet.code, ...textsOf(sheet.title, sheet.category, sheet.administration)]
      .flatMap(wordsOf)
      .flatMap((word) => [word, withoutArticle(word)])
    return asked.every((one) => words.some((word) => word.startsWith(one) || word.startsWith(withoutArticle(one))))
  })
  const begins = ({ title }: Procedure): number =>
    textsOf(title).some((one) => wordsOf(one).join(' ').startsWith(asked.join(' '))) ? 0 : 1
  return hits.sort((one, other) => begins(one) - begins(other))
}

/** The procedures that are offered. */
export const demoCatalogue = {
  'catalogue.search': ({ words, limit, skip = 0 }) => {
    const hits = found(words)
    return ok({ entries: hits.slice(skip, skip + limit).map(entryOf), total: hits.length })
  },
  'catalogue.sheet': ({ code, version }) => {
    const sheet = demoProcedures.find((one) => one.code === code && (version === undefined || one.version === version))
    return sheet === undefined ? err(faultOf('procedure.unknown', code)) : ok(sheet)
  },
} satisfies Partial<Handlers<Calls>>
