import { coreWords } from '../words.ts'
import { useWords } from './useWords.ts'

/** `media-empty` and `printer.noService` as the key that their words would have. */
const keyOf = (reason: string): string =>
  reason.replace(/-(error|warning|report)$/u, '').replace(/[-.]([a-z])/gu, (_, letter: string) => letter.toUpperCase())

/** What an agent does about each reason; only the first six and `power` end it without anybody else. */
const remedies = {
  paper: ['mediaEmpty', 'mediaNeeded'],
  jam: ['mediaJam'],
  open: ['doorOpen', 'coverOpen', 'interlockOpen'],
  tray: ['inputTrayMissing', 'outputTrayMissing'],
  full: ['outputAreaFull', 'markerWasteFull'],
  supply: ['tonerEmpty', 'markerSupplyEmpty'],
  power: ['offline', 'shutdown', 'timedOut', 'printerUnreachable'],
  queue: ['paused', 'stopped', 'printerStopped'],
  service: ['printerNoService'],
  other: ['printerNone', 'printerRefused', 'printerClosed', 'printerQuota', 'printerNotAllowed', 'printerMedia'],
  held: ['jobHoldUntilSpecified', 'jobHeldForAuthentication', 'jobStopped'],
  wait: ['pressDown', 'devicesDown', 'connectingToDevice', 'resourcesAreNotReady'],
} as const satisfies Readonly<Record<string, readonly string[]>>
const remedyNames = Object.keys(remedies) as (keyof typeof remedies)[] // its own keys

/**
 * Says why a printer stands still: its reasons in words, its own message where there are no words for them. A keyword or
 * a code is never shown.
 */
export function useReasons(): (reasons: readonly string[], message?: string) => string {
  const { t } = useWords()
  return (reasons, message = '') => {
    // RFC 8011 has a printer say both «empty» and «needed»: one is enough.
    const told = reasons.filter((reason) => reason !== 'media-needed' || !reasons.includes('media-empty'))
    const said = told.flatMap((reason) => {
      const key = `printing.reasons.${keyOf(reason)}`
      return coreWords.has(key) ? [t(key)] : []
    })
    const itself = message === '' ? [] : [t('printing.otherReason', { said: message })]
    if (said.length === 0) return itself[0] ?? t('printing.unknownReason')
    return [...new Set(said), ...(reasons.includes('printer.refused') ? itself : [])].join(', ')
  }
}

/** Says what to do about it, and promises that it goes on by itself only where it does. */
export function useRemedy(): (reasons: readonly string[]) => string {
  const { t } = useWords()
  return (reasons) => {
    const keys: readonly string[] = reasons.map(keyOf)
    const name = remedyNames.find((one) => remedies[one].some((key) => keys.includes(key)))
    return t(`printing.remedies.${name ?? 'look'}`)
  }
}
