import { expect, it } from 'vitest'
import type { PrinterInfo } from '../../ports/printer.ts'
import { printerFor } from './printerFor.ts'

const printer = (name: string, isDefault = false): PrinterInfo => ({
  name,
  description: '',
  state: 'idle',
  reasons: [],
  papers: ['a5'],
  isDefault,
})
const [one, other, usual] = [printer('one'), printer('other'), printer('usual', true)]

it.each([
  ['the chosen one, whatever else there is', [one, usual], 'one', one],
  ['none when the chosen one is not there: never another', [one, usual], 'gone', undefined],
  ['the only one', [one], undefined, one],
  ['the default of several', [one, other, usual], undefined, usual],
  ['none of several without a default', [one, other], undefined, undefined],
  ['none of none', [], undefined, undefined],
] as const)('%s', (_, printers, chosen, found) => {
  expect(printerFor(printers, chosen)).toBe(found)
})
