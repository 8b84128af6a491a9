import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { encodePng } from '#drivers/card/png.ts'
import { ticketDocument, ticketTemplate, type TicketFacts } from '#shared/domain/hall/ticketPaper.ts'
import words from '#shared/domain/hall/ticketPaper.json' with { type: 'json' }
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { ticketRaster, type TicketRaster } from '#shared/ports/ticketPrinter.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { ticketRasterOf } from './draw/ticketRaster.ts'
import { openPress } from './openPress.ts'

vi.setConfig({ testTimeout: 120_000 })

const press = openPress({ resourcesDir: resources })
const facts: TicketFacts = {
  ticket: 'A012',
  office: { fr: 'Commune de Rabat-Agdal', ar: 'جماعة الرباط أكدال' },
  service: { fr: 'État civil', ar: 'الحالة المدنية' },
  before: 7,
  minutes: 13,
  at: '2026-11-30T11:05:00.000Z',
  utcOffsetMinutes: 60,
}

/** Columns and rows that have ink: from where to where. */
function inked({ width, height, bits }: TicketRaster) {
  const columns = new Set<number>()
  const rows = new Set<number>()
  for (let at = 0; at < width * height; at += 1)
    if (((bits[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) {
      columns.add(at % width)
      rows.add(Math.floor(at / width))
    }
  return { left: Math.min(...columns), right: Math.max(...columns), last: Math.max(...rows) }
}

/** `GUICHET_PICTURES=folder` keeps what was drawn, to be looked at. */
function keep(name: string, { width, height, bits }: TicketRaster): void {
  const folder = process.env['GUICHET_PICTURES']
  if (folder === undefined) return
  const pixels = Uint8Array.from({ length: width * height }, (_, at) =>
    ((bits[at >> 3] ?? 0) >> (7 - (at & 7))) & 1 ? 0 : 255,
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.png`), encodePng({ width, height, channels: 1, pixels }))
}

describe.each([576, 384] as const)('on a roll of %d dots', (dots) => {
  test('the number fills the width, nothing is cut off, and blank paper is not fed', async () => {
    const made = valueOf(await press.ticket(facts, dots))
    keep(`ticket-${String(dots)}`, made)
    expect(ticketRaster.safeParse(made).success).toBe(true)
    const { left, right, last } = inked(made)
    expect(right - left).toBeGreaterThan(dots * 0.85)
    expect(left).toBeGreaterThan(2)
    expect(right).toBeLessThan(dots - 3)
    expect(made.height - last).toBeLessThan(12)
    // Eight dots a millimetre.
    expect(made.height / 8).toBeLessThan(110)
  })

  test('an island’s long number and a long service fit', async () => {
    const long = 'Légalisation des signatures et certification conforme des copies'
    const longest = { ...facts, ticket: 'S12-AB00345', service: { fr: long, ar: 'تصحيح الإمضاءات '.repeat(8).trim() } }
    const made = valueOf(await press.ticket(longest, dots))
    keep(`ticket-long-${String(dots)}`, made)
    expect(inked(made).right).toBeLessThan(dots - 3)
  })
})

test('an appointment is told by its time, not by who sits there before', () => {
  const { words: wording } = ticketTemplate.parse(words)
  const said = (changes: Partial<TicketFacts>) =>
    ticketDocument({ ...facts, ...changes }, wording).lines.map(({ fr, ar }) => withoutControls(`${fr} | ${ar}`))
  expect(said({ appointment: '09:30' })).toEqual(['Rendez-vous de 09:30 | موعد الساعة 09:30'])
  expect(said({})).toEqual([
    'Avant vous : 7 | عدد من قبلكم: 7',
    'Attente : environ 15\u00a0minutes | مدة الانتظار: حوالي 15\u00a0دقيقة',
  ])
  expect(said({ before: 0, minutes: 0 })).toEqual(['Personne avant vous | لا أحد قبلكم'])
})

test('a letter that no font has is a fault, not a gap', async () => {
  const odd = { ...facts, service: { fr: 'État 漢', ar: 'الحالة' } }
  expect(await press.ticket(odd, 576)).toMatchObject({ fault: { code: 'receipt.glyphMissing' } })
})

test('a picture narrower than the roll, and one without ink, become whole rows', () => {
  const made = ticketRasterOf({ data: Uint8Array.from([0, 255, 255, 159, 255, 255]), width: 2, height: 3 }, 384)
  expect([made.height, made.bits.length, made.bits[0], made.bits[48]]).toEqual([3, 144, 0x80, 0x40])
  expect(ticketRasterOf({ data: new Uint8Array(8).fill(255), width: 4, height: 2 }, 576).height).toBe(2)
})
