import { z } from 'zod'
import { day } from '../clock/units.ts'

/**
 * Letters that an answer is owed to, by how their last day lies to today: past it, today, within a week, and all of them.
 */
export const baskets = ['late', 'today', 'soon', 'waiting'] as const
export const basket = z.enum(baskets)
export type Basket = z.infer<typeof basket>

/** How many days after today `soon` reaches. */
const soonDays = 7
/** Before and after every ISO day. */
const [never, ever] = ['0000-00-00', '9999-99-99']

/** An ISO day so many days after another one. */
const dayAfter = (of: string, days: number): string =>
  new Date(Date.parse(`${of}T00:00:00Z`) + days * day).toISOString().slice(0, 10)

/** Between which days, both included, the last day of a basket's letters lies. */
export function spanOfBasket(one: Basket, today: string): { readonly from: string; readonly to: string } {
  switch (one) {
    case 'late':
      return { from: never, to: dayAfter(today, -1) }
    case 'today':
      return { from: today, to: today }
    case 'soon':
      return { from: dayAfter(today, 1), to: dayAfter(today, soonDays) }
    case 'waiting':
      return { from: never, to: ever }
  }
}

/** The narrowest basket of a last day. */
export const basketOf = (by: string, today: string): Basket =>
  baskets.find((one) => {
    const { from, to } = spanOfBasket(one, today)
    return by >= from && by <= to
  }) ?? 'waiting'

/** Days from one ISO day to another; below zero where the other one is past. */
export const daysTo = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / day
