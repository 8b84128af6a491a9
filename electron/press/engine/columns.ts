import { type Column, columnCalculator } from './pdfmake.ts'

/**
 * pdfmake lets columns grow to their longest word and run over the edge of the page. Here they keep to the room that
 * there is: the widest give way, and a word that has no room is cut (`lines.ts`).
 */
export function keepColumnsWithin(): void {
  const { buildColumnWidths } = columnCalculator
  if (buildColumnWidths.name === 'withinRoom') return
  columnCalculator.buildColumnWidths = function withinRoom(columns, available, offsets, table) {
    buildColumnWidths(columns, available, offsets, table)
    const elastic = columns.filter((one) => columnCalculator.isStarColumn(one) || columnCalculator.isAutoColumn(one))
    const fixed = columns.filter((one) => !elastic.includes(one))
    narrow(elastic, available - fixed.reduce((sum, { _calcWidth }) => sum + _calcWidth, 0))
  }
}

/** From the narrowest on each column gets what it wants, and at most its even share of what is left. */
function narrow(columns: readonly Column[], room: number): void {
  let left = room
  const ascending = [...columns].sort((one, other) => one._calcWidth - other._calcWidth)
  ascending.forEach((column, at) => {
    column._calcWidth = Math.min(column._calcWidth, left / (columns.length - at))
    left -= column._calcWidth
  })
}
