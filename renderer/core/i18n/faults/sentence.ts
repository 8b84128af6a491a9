import type { FaultCode } from '#shared/fault.ts'

/**
 * What an agent reads when something did not work: what happened, what is safe, what to do next.
 * `{name}` takes a value of the fault; a part in square brackets is left out when its value is not known.
 */
export interface FaultSentence {
  readonly what: string
  readonly safe: string
  readonly next: string
}

export type FaultSentences = Readonly<Record<FaultCode, FaultSentence>>

/** The values that the sentences of a code may quote; every language quotes the same ones. */
export const quoted: Partial<Readonly<Record<FaultCode, readonly string[]>>> = {
  'session.lockedOut': ['minutes'],
  'session.pinWrong': ['tries'],
  'card.mute': ['reader'],
  'card.pinWrong': ['tries'],
  'session.badCredentials': ['left'],
  'register.quarantined': ['lost'],
  'clock.behind': ['minutes'],
  'journal.broken': ['seq'],
  'journal.contradicted': ['seq'],
  'day.closed': ['day'],
  'day.earlierOpen': ['day'],
  'card.pluginRefused': ['plugin'],
  'card.pluginFailed': ['plugin'],
  'attachment.tooLarge': ['megabytes'],
  'receipt.glyphMissing': ['letters'],
  'printer.none': ['printer'],
  'printer.unreachable': ['printer'],
  'printer.noAnswer': ['printer'],
  'printer.refused': ['printer'],
  'printer.media': ['printer', 'paper'],
  'platform.failed': ['status'],
}

/** Keeps an inserted value in its own direction (Unicode 15 UAX 9: FSI … PDI). */
export const isolate = (value: string | number): string => `\u2068${String(value)}\u2069`

/** Fills a template; an optional part without its value disappears. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  const known = template.replace(/\[([^[\]]*)\]/g, (_, part: string) =>
    namesIn(part).every((name) => Object.hasOwn(values, name)) ? part : '',
  )
  return known.replace(/\{(\w+)\}/g, (_, name: string) => isolate(values[name] ?? '…'))
}

/** The names of the values that a template quotes. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
