import type { LetterLine } from '#shared/contract/features/mail/views.ts'
import { useWords } from '../../core/i18n/useWords.ts'
import type { IconName } from '../../ui/icons.ts'
import type { Tone } from '../../ui/tones.ts'
import { useMailOffice } from './office.ts'
import { mailWords } from './words.ts'

/** How a line stands: the word of it, with its tone and its mark. */
export interface Standing {
  readonly label: string
  readonly tone: Tone
  readonly icon: IconName
}

/** What things of the mail office are called: services and kinds by their code, and what a line shows of itself. */
export function useMailNames() {
  const office = useMailOffice()
  const { t, formats, language } = useWords(mailWords)
  const listed = (list: 'services' | 'kinds', code: string): string => {
    const found = office.settings?.[list].find((one) => one.code === code)
    return found === undefined ? code : formats.value.text(found.name)
  }
  const party = ({ register, sender, recipients }: Pick<LetterLine, 'register' | 'sender' | 'recipients'>): string => {
    const shown = register === 'departure' ? recipients : [sender]
    return formats.value.list(
      shown.map(({ name, nameAr }) => (language.value === 'ar' && nameAr !== undefined ? nameAr : name)),
    )
  }
  const isOverdue = ({ by, state }: LetterLine): boolean =>
    by !== undefined && by < office.today && state !== 'answered' && state !== 'cancelled'
  const marks = {
    registered: { tone: 'warn', icon: 'send' },
    routed: { tone: 'info', icon: 'inbox' },
    handedOver: { tone: 'ok', icon: 'check' },
    answered: { tone: 'ok', icon: 'done' },
    cancelled: { tone: 'neutral', icon: 'ban' },
  } as const
  const standing = (line: LetterLine): Standing => {
    if (isOverdue(line)) return { label: t('standsAs.overdue'), tone: 'danger', icon: 'clock' }
    if (line.state === 'registered' && line.register !== 'arrival')
      return { label: t('standsAs.registered'), tone: 'neutral', icon: 'check' }
    return { label: t(`states.${line.state}`), ...marks[line.state] }
  }
  return {
    t,
    formats,
    language,
    service: (code: string): string => listed('services', code),
    kind: (code: string): string => listed('kinds', code),
    party,
    standing,
    isOverdue,
    /** `A-000143` of `2026/RAB03-M1/A-000143`: what tells lines of one counter and year apart. */
    short: (number: string): string => number.split('/').at(-1) ?? number,
  }
}
