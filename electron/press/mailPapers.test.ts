import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PaperOrder } from '#shared/contract/papers.ts'
import { longestText } from '#shared/domain/papers/room.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { pressHere } from './pressHere.ts'
import { openPages } from './scan/pages.ts'

test('a slip names its service in both languages and its confidential letters by their number alone, and has no code', async () => {
  const made = valueOf(
    await pressHere({ resourcesDir: resources }).make({
      kind: 'mailSlip',
      facts: {
        counter: 'RAB03-M1' as never,
        at: '2026-11-30T09:15:00.000Z',
        utcOffsetMinutes: 0,
        agent: 'BO-007',
        authority: [{ fr: 'Royaume du Maroc', ar: 'المملكة المغربية' }],
        office: { fr: 'Bureau d’ordre', ar: 'مكتب الضبط' },
        rank: 12,
        service: { fr: 'Urbanisme', ar: 'التعمير' },
        lines: [
          {
            number: '2026/RAB03-M1/A-000123' as never,
            confidential: false,
            party: 'Wilaya',
            subject: 'Avis',
            pieces: 2,
          },
          { number: '2026/RAB03-M1/A-000124' as never, confidential: true, party: '', subject: '', pieces: 1 },
        ],
      },
    }),
  )
  const folder = temporaryFolder()
  const file = join(folder.path, 'slip.pdf')
  writeFileSync(file, made.pdf)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  folder.remove()
  for (const said of ['Urbanisme', 'A-000123', 'Avis', 'A-000124', 'Pli confidentiel']) expect(text).toContain(said)
  // The foot of the page, where a sealed paper has its code, is white.
  const pages = valueOf(await openPages(made.pdf))
  const { width, height, data } = valueOf(await pages.picture(1, 72))
  let ink = 0
  for (let y = Math.round(height * 0.81); y < height * 0.92; y += 1)
    for (let x = Math.round(width * 0.76); x < width * 0.92; x += 1) if ((data[y * width + x] ?? 255) < 128) ink += 1
  pages.close()
  expect(ink).toBe(0)
})

test('a reminder says what is owed and how late it is, and a confidential letter by its number alone', async () => {
  const line = { receivedOn: '2026-11-10', confidential: false, party: 'Wilaya', subject: 'طلب رأي', times: 2 }
  const made = valueOf(
    await pressHere({ resourcesDir: resources }).make({
      kind: 'mailReminder',
      facts: {
        counter: 'RAB03-M1' as never,
        at: '2026-11-30T09:15:00.000Z',
        utcOffsetMinutes: 0,
        agent: 'BO-007',
        authority: [{ fr: 'Royaume du Maroc', ar: 'المملكة المغربية' }],
        office: { fr: 'Bureau d’ordre', ar: 'مكتب الضبط' },
        rank: 3,
        service: { fr: 'Urbanisme', ar: 'التعمير' },
        lines: [
          { ...line, number: '2026/RAB03-M1/A-000123' as never, by: '2026-11-19', daysLate: 11 },
          { ...line, number: '2026/RAB03-M1/A-000125' as never, by: '2026-12-04', daysLate: 0, subject: 'Avis' },
          { ...line, number: '2026/RAB03-M1/A-000126' as never, daysLate: 0, times: 1 },
          {
            ...line,
            number: '2026/RAB03-M1/A-000124' as never,
            confidential: true,
            party: '',
            subject: '',
            by: '2026-11-28',
            daysLate: 2,
          },
        ],
      },
    }),
  )
  const folder = temporaryFolder()
  const file = join(folder.path, 'reminder.pdf')
  writeFileSync(file, made.pdf)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  folder.remove()
  for (const said of [
    'Urbanisme',
    'A-000123',
    '11 j de retard',
    'Avis',
    'sans échéance',
    'A-000124',
    'Pli confidentiel',
  ])
    expect(text).toContain(said)
})

test(
  'a day of three hundred letters is a register of many pages, each line on one of them',
  { timeout: 60_000 },
  async () => {
    const lines = Array.from({ length: 300 }, (_, at) => ({
      number: `2026/RAB03-M1/A-${String(at + 1).padStart(6, '0')}` as never,
      register: 'arrival' as const,
      registeredAt: '2026-11-30T09:15:00.000Z',
      late: at % 9 === 0,
      confidential: at % 20 === 0,
      party: at % 20 === 0 ? '' : 'Direction provinciale de l’équipement',
      reference: at % 20 === 0 ? '' : `N° ${String(at)}/DP`,
      subject: at % 20 === 0 ? '' : 'طلب رأي حول مشروع تجزئة سكنية بالمنطقة الشمالية',
      service: 'URB',
      cancelled: '',
      ...(at === 7 ? { answers: '2026/RAB03-M1/A-000009' as never, theirReference: 'CF/2026/3398' } : {}),
    }))
    const made = valueOf(
      await pressHere({ resourcesDir: resources }).make({
        kind: 'mailRegister',
        facts: {
          counter: 'RAB03-M1' as never,
          at: '2026-11-30T17:00:00.000Z',
          utcOffsetMinutes: 0,
          agent: 'BO-007',
          authority: [{ fr: 'Royaume du Maroc', ar: 'المملكة المغربية' }],
          office: { fr: 'Bureau d’ordre', ar: 'مكتب الضبط' },
          period: '2026-11-30',
          registers: [
            { register: 'arrival', count: 300, cancelled: 0, first: lines[0]?.number, last: lines[299]?.number },
          ],
          lines,
          changes: [],
          days: [],
          hash: 'a'.repeat(64) as never,
          previous: '',
        },
      }),
    )
    const folder = temporaryFolder()
    const file = join(folder.path, 'register.pdf')
    writeFileSync(file, made.pdf)
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    folder.remove()
    expect(lines.filter(({ number }) => !text.includes(number))).toEqual([])
    expect(text).toMatch(/V\/Réf CF\/2026\/3398 · Répond\s+à 2026\/RAB03-M1\/A-000009/u)
  },
)

test('the record of a destruction says on whose agreement and of which day, by whom, and what by its numbers', async () => {
  const made = valueOf(
    await pressHere({ resourcesDir: resources }).make({
      kind: 'mailDestruction',
      facts: {
        counter: 'RAB03-M1' as never,
        at: '2026-11-30T09:15:00.000Z',
        utcOffsetMinutes: 0,
        agent: 'CS-003',
        authority: [{ fr: 'Royaume du Maroc', ar: 'المملكة المغربية' }],
        office: { fr: 'Bureau d’ordre', ar: 'مكتب الضبط' },
        rank: 3,
        proposedBy: 'BO-007',
        approvedBy: 'CS-002',
        agreement: 'AM/2026/114',
        agreedOn: '2026-11-20',
        classes: [
          {
            code: 'C1',
            name: { fr: 'Factures', ar: 'فواتير' },
            active: 2,
            semiActive: 8,
            fate: 'destroy',
            letters: 1,
            files: 2,
            first: '2014-02-11',
            last: '2014-02-11',
          },
        ],
        numbers: ['2014/RAB03-M1/A-000201' as never],
        digest: 'ab'.repeat(32) as never,
        copiesUntil: '2026-12-30',
      },
    }),
  )
  const folder = temporaryFolder()
  const file = join(folder.path, 'record.pdf')
  writeFileSync(file, made.pdf)
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  folder.remove()
  for (const said of ['AM/2026/114', '20/11/2026', 'BO-007', 'CS-002', 'CS-003', 'A-000201', '30/12/2026', 'E-3'])
    expect(text).toContain(said)
})

test.each(['W', 'ص'])(
  'the longest texts without a space have their place on slip and register (%s)',
  async (letter) => {
    const text = (length: number): string => letter.repeat(length)
    const long = { fr: text(longestText), ar: text(longestText) }
    const line = {
      number: '2026/RAB03-M1/A-000123' as never,
      register: 'arrival' as const,
      registeredAt: '2026-11-30T09:15:00.000Z',
      late: true,
      confidential: false,
      party: text(longestText),
      reference: text(120),
      answers: '2026/RAB03-M1/A-000122' as never,
      theirReference: text(120),
      subject: text(longestText),
      service: text(80),
      cancelled: text(300),
    }
    const office = {
      counter: 'RAB03-M1' as never,
      at: '2026-11-30T17:00:00.000Z',
      utcOffsetMinutes: 0,
      agent: 'BO-007',
      authority: [long],
      office: long,
    }
    const { party, subject, number } = line
    const press = pressHere({ resourcesDir: resources })
    const registers = [{ register: 'arrival' as const, count: 1, cancelled: 1, first: number, last: number }]
    const register = { period: '2026-11-30', previous: '', hash: 'a'.repeat(64) as never, registers, days: [] }
    const unused = [{ text: text(120), service: text(80), agent: 'BO-007' }]
    const orders: readonly PaperOrder[] = [
      { kind: 'mailRegister', facts: { ...office, ...register, lines: [line], changes: [], unused } },
      {
        kind: 'mailFolder',
        facts: {
          ...office,
          services: [
            {
              service: long,
              lines: [{ number, receivedOn: '2026-11-10', confidential: false, party, subject, urgency: 'veryUrgent' }],
            },
          ],
        },
      },
      {
        kind: 'mailPostList',
        facts: {
          ...office,
          day: '2026-11-30',
          lines: [{ number, confidential: false, party, postalNumber: text(40) }],
        },
      },
      {
        kind: 'mailReminder',
        facts: {
          ...office,
          rank: 1,
          service: long,
          lines: [
            {
              number,
              receivedOn: '2026-11-10',
              confidential: false,
              party,
              subject,
              by: '2026-11-19',
              daysLate: 9_999,
              times: 99,
            },
          ],
        },
      },
      ...(['transfer', 'elimination'] as const).map((kind): PaperOrder => ({
        kind: 'mailArchiveList',
        facts: {
          ...office,
          kind,
          rank: 9_999,
          digest: 'a'.repeat(64) as never,
          classes: [
            {
              code: 'X'.repeat(20),
              name: long,
              active: 100,
              semiActive: 100,
              fate: 'sample',
              letters: 1,
              files: 50,
              first: '2000-01-01',
              last: '2026-11-30',
              lines: [{ number, receivedOn: '2026-11-10', confidential: false, party, subject, files: 50 }],
            },
          ],
        },
      })),
      {
        kind: 'mailDestruction',
        facts: {
          ...office,
          rank: 9_999,
          proposedBy: 'BO-007',
          approvedBy: 'CS-002',
          agreement: text(120),
          agreedOn: '2026-11-20',
          copiesUntil: '2026-12-30',
          digest: 'a'.repeat(64) as never,
          classes: [
            {
              code: 'X'.repeat(20),
              name: long,
              active: 100,
              semiActive: 100,
              fate: 'destroy',
              letters: 200,
              files: 50,
              first: '2000-01-01',
              last: '2026-11-30',
            },
          ],
          numbers: Array<typeof number>(200).fill(number),
        },
      },
      {
        kind: 'mailSlip',
        facts: {
          ...office,
          rank: 1,
          service: long,
          lines: [{ number, confidential: false, party, subject, pieces: 2 }],
        },
      },
    ]
    for (const order of orders) expect([order.kind, (await press.make(order)).ok]).toEqual([order.kind, true])
  },
)
