import { computed, shallowRef } from 'vue'
import type { MailStatistics } from '#shared/contract/features/mail/views.ts'
import type { Fault } from '#shared/fault.ts'
import { useBridge } from '../../../core/bridge/index.ts'
import { newest } from '../../../core/newest.ts'
import { defineSessionStore } from '../../../core/stores/sessionStore.ts'
import { useMailOffice } from '../office.ts'

export const spans = ['month', 'lastMonth', 'year', 'lastYear'] as const
export type Span = (typeof spans)[number]

/** First and last day of a span, seen from `today` (ISO days): what has not come yet is left out. */
export function spanOf(span: Span, today: string): { readonly from: string; readonly to: string } {
  const [year = 0, month = 0] = today.split('-').map(Number)
  const day = (y: number, m: number, d: number): string => new Date(Date.UTC(y, m, d)).toISOString().slice(0, 10)
  switch (span) {
    case 'month':
      return { from: day(year, month - 1, 1), to: today }
    case 'lastMonth':
      return { from: day(year, month - 2, 1), to: day(year, month - 1, 0) }
    case 'year':
      return { from: day(year, 0, 1), to: today }
    case 'lastYear':
      return { from: day(year - 1, 0, 1), to: day(year - 1, 11, 31) }
  }
}

/** What came and left in a span, for whom, of what kind, and how long answers took. */
export const useMailFigures = defineSessionStore('mailFigures', () => {
  const bridge = useBridge()
  const office = useMailOffice()
  const span = shallowRef<Span>('year')
  const figures = shallowRef<MailStatistics>()
  const fault = shallowRef<Fault>()
  const days = computed(() => spanOf(span.value, office.today))
  const ask = newest()
  const load = async (): Promise<void> => {
    if (office.today === '') await office.load()
    if (office.today === '') return
    const isNewest = ask()
    const result = await bridge.call('mail.statistics', days.value)
    if (!isNewest()) return
    fault.value = result.ok ? undefined : result.fault
    figures.value = result.ok ? result.value : undefined
  }
  return {
    span,
    days,
    figures,
    fault,
    load,
    choose: (wanted: Span): Promise<void> => {
      span.value = wanted
      return load()
    },
  }
})
