import type { LetterLine } from '#shared/contract/features/mail/views.ts'
import { basketOf, daysTo } from '#shared/domain/mail/baskets.ts'
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
  /** How near the last day of a line is; nothing where nothing is owed, or not within a week. */
  const dueOf = ({ by, state }: LetterLine): Standing | undefined => {
    if (by === undefined || state === 'answered' || state === 'cancelled') return undefined
    const left = daysTo(office.today, by)
    switch (basketOf(by, office.today)) {
      case 'late':
        return { label: t('due.lateBy', { n: -left }), tone: 'danger', icon: 'clock' }
      case 'today':
        return { label: t('due.forToday'), tone: 'warn', icon: 'clock' }
      case 'soon':
        return { label: t('due.left', { n: left }), tone: 'info', icon: 'clock' }
      case 'waiting':
        return undefined
    }
  }
  const marks = {
    registered: { tone: 'warn', icon: 'send' },
    routed: { tone: 'info', icon: 'inbox' },
    handedOver: { tone: 'ok', icon: 'check' },
    answered: { tone: 'ok', icon: 'done' },
    cancelled: { tone: 'neutral', icon: 'ban' },
  } as const
  const standing = (line: LetterLine): Standing => {
    const due = dueOf(line)
    // What nobody was charged with yet is said first, unless its time is over.
    if (due !== undefined && (due.tone !== 'info' || line.state !== 'registered')) return due
    if (line.acknowledgedOn !== undefined && line.state !== 'cancelled')
      return { label: t('standsAs.acknowledged'), tone: 'ok', icon: 'delivered' }
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
    dueOf,
    /** `A-000143` of `2026/RAB03-M1/A-000143`: what tells lines of one counter and year apart. */
    short: (number: string): string => number.split('/').at(-1) ?? number,
  }
}
