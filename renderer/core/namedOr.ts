import { useSession } from './stores/session.ts'
import { useWords } from './i18n/useWords.ts'

/** The name of a citizen, or why there is none: this role may not see it, or it was erased at the end of its term. */
export function useNamedOr(): (citizen: string) => string {
  const session = useSession()
  const { t } = useWords()
  return (citizen) => citizen || t(session.may('readReceipts') ? 'deposit.wiped' : 'deposit.reserved')
}
