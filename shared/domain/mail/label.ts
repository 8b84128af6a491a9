import { officeCode, type CounterId } from '../../ids.ts'

/** A label, taken apart: `2026/RAB03-G2/L-000001`. */
export interface LabelParts {
  /** Of the legal time of the office, when the label was printed. */
  readonly year: number
  readonly office: string
  readonly counter: string
  readonly rank: number
}

/** Begins the code on a label, as on everything else that the mail office sticks on paper. */
const prefix = 'GM1:'
const form = /^([1-9]\d{3})\/([A-Z]{2,6}\d{0,4})-([A-Z]\d{1,3})\/L-(\d{6}|[1-9]\d{6,11})(-S([2-9]|[1-9]\d{1,2}))?$/

/**
 * The text of a label that is printed ahead: a series of its own (letter L) beside those of the registers, so that a
 * label that is lost leaves no gap in the numbers of letters.
 * @param series 1, or which series of this counter it is when an earlier one had to be closed
 */
export const labelText = (year: number, counter: CounterId, rank: number, series = 1): string =>
  `${String(year)}/${counter}/L-${String(rank).padStart(6, '0')}${series === 1 ? '' : `-S${String(series)}`}`

/** What its code says; every letter is of QR's alphanumeric set. */
export const labelCode = (text: string): string => `${prefix}${text}`

/** Takes the text of a label apart; nothing for any other text. */
export function parseLabelText(text: string): LabelParts | undefined {
  const [, year, office, counter, rank] = form.exec(text) ?? []
  if (year === undefined || office === undefined || counter === undefined || Number(rank) === 0) return undefined
  return officeCode.safeParse(office).success ? { year: Number(year), office, counter, rank: Number(rank) } : undefined
}

/**
 * The text of our own label that a code is; nothing for a label of another office, or any other code.
 * @param office ours; without one no label is ours
 */
export function ownLabel(code: string, office: string | undefined): string | undefined {
  if (!code.startsWith(prefix)) return undefined
  const text = code.slice(prefix.length)
  const parts = parseLabelText(text)
  return parts !== undefined && parts.office === office ? text : undefined
}
