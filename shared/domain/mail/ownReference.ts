import { z } from 'zod'
import type { CounterId } from '../../ids.ts'
import { codedText, decodedText } from './codeText.ts'

/** What a reference of ours is made of. */
export interface ReferenceParts {
  /** The unit that writes, by its code. */
  readonly service: string
  /** Of the legal time of the office, when it was given. */
  readonly year: number
  readonly counter: CounterId
  readonly rank: number
  /** 1, or which series of this counter it is when an earlier one had to be closed. */
  readonly series: number
}

/**
 * `EC/2026/M1-0123`: the reference of a letter that a unit writes (N/Réf). Its counter stands in it, since each gives
 * its own without asking another one.
 */
export const referenceText = ({ service, year, counter, rank, series }: ReferenceParts): string => {
  const desk = counter.slice(counter.indexOf('-') + 1)
  return `${service}/${String(year)}/${desk}-${String(rank).padStart(4, '0')}${series === 1 ? '' : `-S${String(series)}`}`
}

/** Why a reference that was given will not be used: one of a few, so that the journal names nobody. */
export const unusedReasons = ['notSent', 'byMistake', 'otherWay'] as const
export const unusedReason = z.enum(unusedReasons)
export type UnusedReason = z.infer<typeof unusedReason>

/** Begins the code of a reference, as `GM1:` begins that of a label. */
const form = /^GR1:([A-Z]{2,6}\d{0,4})\/([0-9A-Z.%-]+)$/

/** `GR1:RAB03/EC%2F2026%2FM1-0123`: what a letter bears while it is signed, so that it is known when it comes back. */
export const referenceCode = (office: string, text: string): string => `GR1:${office}/${codedText(text)}`

/**
 * The reference of ours that a code is; nothing for one of another office, or any other code.
 * @param office ours; without one no reference is ours
 */
export function ownReference(code: string, office: string | undefined): string | undefined {
  const [, whose, written = ''] = form.exec(code) ?? []
  if (whose === undefined || whose !== office) return undefined
  const text = decodedText(written)
  // Nothing that a line of text cannot hold.
  return text !== undefined && text.length <= 120 && /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text) ? text : undefined
}
