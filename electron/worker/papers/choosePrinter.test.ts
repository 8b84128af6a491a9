import { afterEach, beforeEach, expect, test } from 'vitest'
import { faultOf } from '#shared/fault.ts'
import { medium, type Printer } from '#shared/ports/printer.ts'
import { err, ok } from '#shared/result.ts'
import { anOrder, issuingOver } from '#tests/builders/deposits.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { printerOf } from '#tests/builders/spool.ts'
import type { Context } from '../core/context.ts'
import type { Store } from '../store/open.ts'
import { choosePrinter } from './choosePrinter.ts'
import { chosenPrinters } from './rows/printers.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let context: Context
beforeEach(() => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  context = issuingOver(store).context
})
afterEach(() => {
  store.close()
  folder.remove()
})
const { who } = anOrder()
const printers = (...names: string[]): Printer => ({
  list: () => Promise.resolve(ok(names.map((name) => printerOf(name)))),
  submit: () => Promise.resolve(err(faultOf('printer.none'))),
  outcome: () => Promise.resolve(err(faultOf('printer.none'))),
})

test('each medium has a printer of its own, and one choice leaves the others', async () => {
  const there = printers(...medium.options.map((one) => `P ${one}`), 'Autre')
  for (const one of medium.options) {
    valueOf(await choosePrinter(context, who, there, { medium: one, printer: `P ${one}` }))
  }
  expect(chosenPrinters(store.db)).toEqual(Object.fromEntries(medium.options.map((one) => [one, `P ${one}`])))
  valueOf(await choosePrinter(context, who, there, { medium: 'label', printer: 'Autre' }))
  expect(chosenPrinters(store.db)).toMatchObject({ a4: 'P a4', label: 'Autre' })
  const said = store.db.all<{ subject: string; body: string }>(
    `SELECT subject, body FROM journal WHERE kind = 'printer.chosen' ORDER BY seq`,
  )
  expect(said).toHaveLength(medium.options.length + 1)
  expect(said.at(-1)).toEqual({ subject: 'Autre', body: '{"medium":"label"}' })
})

test('a printer that is not there is not chosen, and a printer service that is down is told', async () => {
  const choice = { medium: 'a5', printer: 'Gone' } as const
  expect(await choosePrinter(context, who, printers('Bureau'), choice)).toMatchObject({
    fault: { code: 'printer.none', values: { printer: 'Gone' } },
  })
  const down = { ...printers(), list: () => Promise.resolve(err(faultOf('printer.noService'))) }
  expect(await choosePrinter(context, who, down, choice)).toMatchObject({ fault: { code: 'printer.noService' } })
  expect(chosenPrinters(store.db)).toEqual({})
})
