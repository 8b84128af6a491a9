import { z } from 'zod'
import { officeCode, registerNumber, type RegisterNumber } from '../../ids.ts'

/**
 * What the codes on tickets of the hall and on labels of the mail office say; each kind has its prefix, as the seal of
 * a receipt has.
 */
export type Label =
  /** `GT1:RAB03/2026-11-21/A042`: the office, its day, the place in the queue. */
  | { readonly kind: 'ticket'; readonly office: string; readonly day: string; readonly place: string }
  /** `GM1:A/2026/RAB03-B1/000123`: A for an arrival, D for a departure, then the number in its register. */
  | { readonly kind: 'mail'; readonly direction: 'arrival' | 'departure'; readonly number: RegisterNumber }

const ticket = /^GT1:([^/]+)\/(\d{4}-\d{2}-\d{2})\/([A-Z]\d{1,4})$/
const mail = /^GM1:([AD])\/(.+)$/

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
  const [, direction, rest] = mail.exec(text) ?? []
  const number = registerNumber.safeParse(rest)
  return number.success
    ? { kind: 'mail', direction: direction === 'A' ? 'arrival' : 'departure', number: number.data }
    : undefined
}
