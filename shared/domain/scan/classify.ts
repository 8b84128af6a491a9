import { registerNumber, type RegisterName, type RegisterNumber } from '../../ids.ts'
import { parseRegisterNumber } from '../registerNumber.ts'
import { mailOfNumber, parseLabel, type Label } from './labels.ts'
import { parseMrz, type Mrz } from '../mrz/mrz.ts'

/** The longest text a reader may deliver, in characters: a QR code holds 4,296 letters, a PDF417 symbol 1,850. */
export const scanLimit = 8192
/** What is kept of a text that nobody knows: enough for a label or a link. */
const otherLimit = 512

/**
 * What a scanned text is; `other` is bounded and free of control and formatting characters, so that it can be shown.
 */
export type Scanned =
  | { readonly kind: 'mrz'; readonly mrz: Mrz }
  /** A receipt's seal as printed, not verified. */
  | { readonly kind: 'seal'; readonly seal: string }
  /** Of the registers that are no mail: what is in those is a label of the mail, with or without its prefix. */
  | { readonly kind: 'registerNumber'; readonly register: RegisterName; readonly number: RegisterNumber }
  | Label
  | { readonly kind: 'other'; readonly text: string }

/** A symbology identifier that a scanner was set to send before the data (ISO/IEC 15424): `]Q1`. */
const aimIdentifier = /^\][A-Za-z][0-9A-Za-z]/
/** Control characters around the data: STX and ETX, FS and GS, EOT, line ends. Inside it they are data. */
const framing = /[\p{Cc}\s]/u

function trimmed(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && framing.test(text.charAt(from))) from += 1
  while (to > from && framing.test(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

/** The data of a scan without what a scanner was set to put around it. */
export const withoutFrame = (text: string): string => trimmed(trimmed(text).replace(aimIdentifier, ''))
/** `GU1:` and base45 (RFC 9285 §4); a code of the alphanumeric QR set. */
const sealText = /^GU1:[0-9A-Z $%*+\-./:]+$/

/**
 * Says what a scanner read. Total: any text has a kind.
 * @param now decides the century of two-digit years
 */
export function classifyScan(text: string, now: Date): Scanned {
  const bare = withoutFrame(text.slice(0, scanLimit))
  if (sealText.test(bare)) return { kind: 'seal', seal: bare }
  const label = parseLabel(bare) ?? mailOfNumber(bare)
  if (label !== undefined) return label
  const number = registerNumber.safeParse(bare)
  if (number.success)
    return { kind: 'registerNumber', register: parseRegisterNumber(bare)?.register ?? 'requests', number: number.data }
  const mrz = parseMrz(bare, now)
  return mrz === undefined ? { kind: 'other', text: shown(bare) } : { kind: 'mrz', mrz }
}

const shown = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, otherLimit)
    .toWellFormed()
