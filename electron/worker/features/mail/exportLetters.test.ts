import readXlsx from 'read-excel-file/node'
import { parse } from 'csv-parse/sync'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { letterQuestion } from '#shared/contract/features/mail/views.ts'
import type { CommandId } from '#shared/ids.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aLetterOf, aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Issuing } from '../../core/deposit/issuing.ts'
import type { Store } from '../../store/open.ts'
import { cancelLetter } from './changeLetter.ts'
import { exportLetters } from './exportLetters.ts'
import { registerLetter } from './registerLetter.ts'
import { statisticsOf } from './rows/statistics.ts'

let store: Store
let issuing: Issuing
issuingForEach((own) => {
  ;({ store, issuing } = own)
})
const entered = (over: Parameters<typeof aLetterOf>[0]) =>
  valueOf(registerLetter(issuing.context, aPerson(), aLetterOf(over))).letter.number

test('a table for a spreadsheet: what may be seen, and no cell that runs', async () => {
  const open = entered({ subject: '=HYPERLINK("http://x")', sender: { name: 'جماعة "نموذجية"; فاس' } })
  entered({ subject: 'secret', confidentiality: 'secret' })
  const question = letterQuestion.parse({})
  const csv = valueOf(await exportLetters(issuing.context, aPerson('agent'), { question, format: 'csv' }))
  const rows: string[][] = parse(Buffer.from(csv.bytes), { bom: true })
  expect(rows.slice(1).map((cells) => [cells[0], cells[3], cells[7]])).toEqual([
    [open, 'جماعة "نموذجية"; فاس', `'=HYPERLINK("http://x")`],
  ])
  const book = valueOf(await exportLetters(issuing.context, aPerson(), { question, format: 'xlsx' }))
  const [sheet] = await readXlsx(Buffer.from(book.bytes))
  expect(sheet?.data.slice(1).map((cells) => cells[7])).toEqual(['secret', '=HYPERLINK("http://x")'])
})

test('the chief’s figures are what a walk through the lines counts, of what may be seen', () => {
  const numbers = (['none', 'secret', 'none'] as const).map((confidentiality, at) =>
    entered({
      confidentiality,
      receivedOn: `2026-11-1${String(at)}`,
      service: at === 0 ? 'URB' : 'RH',
      subject: String(at),
    }),
  )
  const [first, , third] = numbers
  if (first === undefined || third === undefined) return
  entered({ register: 'departure', inReplyTo: first })
  valueOf(cancelLetter(issuing.context, aPerson(), { commandId: v7() as CommandId, number: third, reason: 'doublon' }))
  entered({ kind: 'complaint', receivedOn: '2026-09-01' })
  const asked = { from: '2026-09-01', to: '2026-11-30', today: '2026-11-21' }
  expect(statisticsOf(store.db, { ...asked, level: 3 })).toMatchObject({
    registers: [
      { register: 'arrival', count: 4, cancelled: 1 },
      { register: 'departure', count: 1 },
      { register: 'internal', count: 0 },
    ],
    months: [
      { month: '2026-09', arrivals: 1, departures: 0 },
      { month: '2026-11', arrivals: 2, departures: 1 },
    ],
    services: [
      { name: 'RH', count: 1 },
      { name: 'URB', count: 1 },
    ],
    answered: 1,
    daysMedian: 11,
    overdue: 1,
  })
  expect(statisticsOf(store.db, { ...asked, level: 0 }).services).toEqual([{ name: 'URB', count: 1 }])
})
