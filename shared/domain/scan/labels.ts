import { z } from 'zod'
import { officeCode, registerNumber, type RegisterName, type RegisterNumber } from '../../ids.ts'
import { postalItem } from '../mail/s10.ts'
import { parseRegisterNumber } from '../registerNumber.ts'

/**
 * What the codes on tickets of the hall and on labels of the mail office say; each kind has its prefix, as the seal of
 * a receipt has.
 */
export type Label =
  /** `GT1:RAB03/2026-11-21/A042`: the office, its day, the place in the queue. */
  | { readonly kind: 'ticket'; readonly office: string; readonly day: string; readonly place: string }
  /**
   * `GM1:2026/RAB03-M1/A-000123`: the number, which names its register. Labels of before that had no letter in the
   * number and one in front of it, `GM1:A/2026/RAB03-B1/000123`; their number is given as it is printed.
   */
  | MailLabel
  /** A registered item of the post (UPU S10) whose check digit is right. */
  | { readonly kind: 'posted'; readonly code: string }
/** A letter that came in, one that went out, or one between desks of the office. */
export interface MailLabel {
  readonly kind: 'mail'
  readonly direction: MailDirection
  readonly number: RegisterNumber
}
export type MailDirection = 'arrival' | 'departure' | 'internal'

const ticket = /^GT1:([^/]+)\/(\d{4}-\d{2}-\d{2})\/([A-Z]\d{1,4})$/
const mail = /^GM1:(?:([AD])\/)?(.+)$/

const directions: Partial<Record<RegisterName, MailDirection>> = {
  arrivals: 'arrival',
  departures: 'departure',
  internal: 'internal',
}
/** The letter that a number of one of the registers of mail is; nothing for any other text. */
export function mailOfNumber(text: string): MailLabel | undefined {
  const number = registerNumber.safeParse(text)
  const direction = number.success ? directions[parseRegisterNumber(text)?.register ?? 'requests'] : undefined
  return number.success && direction !== undefined ? { kind: 'mail', direction, number: number.data } : undefined
}

/** The label that a text is; nothing when it is none, or a damaged one. */
export function parseLabel(text: string): Label | undefined {
  const [, office, day, place] = ticket.exec(text) ?? []
  if (
    officeCode.safeParse(office).success &&
    z.iso.date().safeParse(day).success &&
    office !== undefined &&
    day !== undefined &&
    place !== undefined
  ) {
    return { kind: 'ticket', office, day, place }
  }
  const code = postalItem(text)
  if (code !== undefined) return { kind: 'posted', code }
  const [, letter, rest = ''] = mail.exec(text) ?? []
  if (letter === undefined) return mailOfNumber(rest)
  const number = registerNumber.safeParse(rest)
  return number.success && parseRegisterNumber(rest)?.register === 'requests'
    ? { kind: 'mail', direction: letter === 'A' ? 'arrival' : 'departure', number: number.data }
    : undefined
}
