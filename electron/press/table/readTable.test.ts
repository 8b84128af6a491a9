import { describe, expect, it, test } from 'vitest'
import { valueOf } from '#tests/builders/register.ts'
import { readTable } from './readTable.ts'

const french = 'N°;Date;Expéditeur;Objet\n1/2019;05/01/2019;PRÉFECTURE;Eau\n'
const arabic = 'الرقم;التاريخ;المرسل;الموضوع\n1/2019;05/01/2019;جماعة سلا;ماء\n'
const read = async (bytes: Uint8Array) => valueOf(await readTable(bytes))

/** A text in a code page of one byte a letter. */
const inPage = (text: string, page: string): Uint8Array => {
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder(page).decode(Uint8Array.of(byte)), byte]),
  )
  return Uint8Array.from([...text].map((letter) => bytes.get(letter) ?? 0x3f))
}
const cellsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(';'))

describe('the encoding of a register is found', () => {
  test.each([
    [french, 'windows-1252'],
    [arabic, 'windows-1256'],
  ])('%s in %s', async (text, page) => {
    expect(await read(inPage(text, page))).toEqual({ rows: cellsOf(text), encoding: page })
  })

  it('UTF-8 and UTF-16 with their marks, as spreadsheets write them', async () => {
    for (const text of [french, arabic]) {
      expect(await read(Buffer.from(`\ufeff${text}`))).toEqual({ rows: cellsOf(text), encoding: 'utf-8' })
      const little = Buffer.from(`\ufeff${text}`, 'utf16le')
      expect(await read(little)).toEqual({ rows: cellsOf(text), encoding: 'utf-16le' })
      expect(await read(Buffer.from(little).swap16())).toEqual({ rows: cellsOf(text), encoding: 'utf-16be' })
    }
  })

  it('a page that is named is taken', async () => {
    expect(valueOf(await readTable(inPage(arabic, 'windows-1256'), 'windows-1252')).encoding).toBe('windows-1252')
  })
})

describe('what parts the cells', () => {
  test.each([';', '\t', ','])(
    '%s, whatever stands over the headings and however many commas are in a subject',
    async (mark) => {
      const lines = [
        `sep=${mark}`,
        'Registre, arrivées, 2019',
        ['N°', 'Date', 'De', 'Objet'].join(mark),
        ['1', 'x', 'A', '"a, b; c, d, e"'].join(mark),
      ]
      expect((await read(Buffer.from(lines.join('\r\n')))).rows.slice(2)).toEqual([
        ['N°', 'Date', 'De', 'Objet'],
        ['1', 'x', 'A', 'a, b; c, d, e'],
      ])
    },
  )
})
