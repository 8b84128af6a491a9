import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { receiptDocument } from '#shared/domain/receipt/receiptDocument.ts'
import { aReceipt, anIncompleteReceipt } from '#tests/builders/receipt.ts'
import PaperSheet from './PaperSheet.vue'
import { paperWords } from './template.ts'

it.each([
  ['a complete deposit', aReceipt()],
  ['an incomplete one', anIncompleteReceipt()],
])('the preview of %s has its parts in the order of the paper: number, rows, outcome, pieces', (_, facts) => {
  const paper = receiptDocument(facts, paperWords())
  const said = mount(PaperSheet, { props: { paper } }).text()
  const parts = [
    paper.title.ar,
    paper.number.label.fr,
    ...paper.rows.map((row) => row.label.fr),
    paper.outcome.label.fr,
    ...paper.groups.map((group) => group.heading.fr),
    paper.verification.fr,
  ]
  const places = parts.map((part) => said.indexOf(part))
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})
