import { languages, type Language } from '#shared/domain/text.ts'
import { accountsWords } from '../../features/accounts/words.ts'
import { correctionsWords } from '../../features/corrections/words.ts'
import { counterWords } from '../../features/intake/words.ts'
import { dayWords } from '../../features/closing/words.ts'
import { devicesWords } from '../../features/devices/words.ts'
import { journalWords } from '../../features/journal/words.ts'
import { personalDataWords } from '../../features/personalData/words.ts'
import { syncWords } from '../../features/sync/words.ts'
import { trustWords } from '../../features/trust/words.ts'
import type { PathsOf, Texts } from './words.ts'
import { frameWords } from './words/frame.ts'
import { homeWords } from './words/home.ts'
import { loginWords } from './words/login.ts'
import { printingWords } from './words/printing.ts'
import { uiWords } from './words/ui.ts'

/** Every area with its words. A feature keeps its own beside it (`features/<name>/words.ts`) and is joined here. */
const areas = {
  ui: uiWords,
  accounts: accountsWords,
  frame: frameWords,
  login: loginWords,
  home: homeWords,
  corrections: correctionsWords,
  counter: counterWords,
  day: dayWords,
  journal: journalWords,
  sync: syncWords,
  devices: devicesWords,
  personalData: personalDataWords,
  trust: trustWords,
  printing: printingWords,
} as const

type Areas = { readonly [A in keyof typeof areas]: (typeof areas)[A]['fr'] }
export type MessageKey = PathsOf<Areas>

const inLanguage = (language: Language): Texts =>
  Object.fromEntries(
    Object.entries(areas).map(([area, all]) => [area, (all as Partial<Record<Language, Texts>>)[language] ?? {}]),
  )

/** The messages of all areas by language, as vue-i18n takes them. */
export const messages = (): Record<Language, Texts> =>
  Object.fromEntries(languages.map((one) => [one, inLanguage(one)])) as Record<Language, Texts>
