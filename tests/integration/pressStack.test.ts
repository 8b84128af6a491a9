import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerNumber } from '#shared/ids.ts'
import { pressProcess } from '#tests/builders/pressProcess.ts'
import { aReceipt } from '#tests/builders/receipt.ts'
import { valueOf } from '#tests/builders/register.ts'
import { letter, pagesFrom, stackOf } from '#tests/builders/stacks.ts'

/** Stacks and stamps in a press of another process, as the window has it. */
let made: ReturnType<typeof pressProcess>
beforeEach(() => {
  made = pressProcess({ lives: ['work'], paperMs: 60_000 })
})
afterEach(() => {
  made.close()
})
const letters = (count: number) => stackOf(...Array.from({ length: count }, () => letter('un')))

test('a stack is split while a paper is made, and a letter is stamped', async () => {
  const { press } = made
  const sheets = valueOf(await press.separators([{ serial: 'AAAA2222', service: 'URB' }]))
  const stack = await stackOf(pagesFrom(await letters(8)), pagesFrom(sheets), letter('deux'))
  const done: string[] = []
  const [split, paper] = await Promise.all([
    press.split(stack, 'RAB03').finally(() => done.push('split')),
    press.make({ kind: 'receipt', facts: aReceipt(), seal: 'RS1:ABC' }).finally(() => done.push('paper')),
  ])
  expect(valueOf(split)).toMatchObject({
    documents: [{ pages: [1, 2, 3, 4, 5, 6, 7, 8] }, { pages: [11], service: 'URB' }],
    stops: [],
  })
  expect(paper.ok).toBe(true)
  expect(done).toEqual(['paper', 'split'])
  const pdf = await stackOf(letter('un'))
  const stamped = valueOf(
    await press.stamp(pdf, {
      number: registerNumber.parse('2026/RAB03-M1/A-000123'),
      at: '2026-11-30T08:15:00.000Z',
      utcOffsetMinutes: 0,
      office: { fr: 'Accueil', ar: 'الاستقبال' },
      page: 1,
    }),
  )
  expect(Buffer.from(stamped.pdf.subarray(0, pdf.length)).equals(Buffer.from(pdf))).toBe(true)
  const labels = valueOf(
    await press.labels({ labels: ['2026/RAB03-G2/L-000001'], office: { fr: 'Accueil', ar: 'الاستقبال' } }),
  )
  expect(valueOf(await press.split(labels, 'RAB03')).documents).toEqual([
    { pages: [1], label: '2026/RAB03-G2/L-000001' },
  ])
})

test('a stack is left when it is not wanted any more, and said to be lost when the press ends', async () => {
  const { press } = made
  const stack = await letters(60)
  const stop = new AbortController()
  setTimeout(() => {
    stop.abort()
  }, 300)
  expect(await press.split(stack, 'RAB03', stop.signal)).toMatchObject({ fault: { code: 'call.cancelled' } })
  setTimeout(made.kill, 300)
  expect(await press.split(stack, 'RAB03')).toMatchObject({ fault: { code: 'press.down' } })
  expect(valueOf(await press.split(await letters(1), 'RAB03')).balance.documents).toBe(1)
})
