import { coreWords } from '../words.ts'
import { useWords } from './useWords.ts'

/** `media-empty` as the key that its words would have. */
function reasonKey(reason: string): string {
  const camel = reason
    .replace(/-(error|warning|report)$/, '')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return `printing.reasons.${camel}`
}

/** Says why a printer stands still: its reasons in words, its own message where it has none. */
export function useReasons(): (reasons: readonly string[], message?: string) => string {
  const { t } = useWords()
  return (reasons, message = '') => {
    const said = reasons.map((reason) => {
      const key = reasonKey(reason)
      return coreWords.has(key) ? t(key) : t('printing.otherReason', { reason })
    })
    // RFC 8011 has a printer say both «empty» and «needed»: one is enough.
    const distinct = [
      ...new Set(reasons.includes('media-empty') ? said.filter((_, index) => reasons[index] !== 'media-needed') : said),
    ]
    if (distinct.length > 0) return distinct.join(', ')
    return message === '' ? t('printing.unknownReason') : t('printing.otherReason', { reason: message })
  }
}
