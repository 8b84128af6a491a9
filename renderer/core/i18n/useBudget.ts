import type { BudgetLine } from '#shared/contract/features/sync/calls.ts'
import { useWords } from './useWords.ts'

/** One line of the offline budget in words: what it is about, how much, of how much, and what to do when it warns. */
export interface SaidLine {
  readonly what: string
  readonly used: string
  readonly limit: string
  readonly next: string
}

/** Tasks in the background that have a name of their own on the screen. */
const known = ['sync', 'uploads', 'print', 'backup', 'check', 'wiping', 'rebuild', 'trust', 'cards'] as const

/** Says the lines of the offline budget, wherever they are shown. */
export function useBudget(): (line: BudgetLine) => SaidLine {
  const { t, formats } = useWords()
  const amount = (line: BudgetLine, value: number): string => {
    if (line.kind === 'pending') return formats.value.number(value)
    return line.kind === 'disk'
      ? t('budget.gigabytes', { size: formats.value.number(Math.round(value / 1e8) / 10) })
      : formats.value.duration(Math.max(0, value))
  }
  const taskOf = ({ task }: BudgetLine): string => t(`budget.tasks.${known.find((one) => one === task) ?? 'other'}`)
  return (line) => ({
    what: t(`budget.${line.kind}`, { task: taskOf(line) }),
    used: amount(line, line.used),
    limit: t('budget.limit', { limit: amount(line, line.limit) }),
    next: t(`budget.next.${line.kind}`),
  })
}
