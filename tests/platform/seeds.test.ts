import { verify } from '@node-rs/argon2'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { account } from '#shared/contract/platform.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { procedure } from '#shared/domain/request/procedure.ts'
import { roles } from '#shared/domain/roles.ts'

const resources = join(import.meta.dirname, '..', '..', 'resources')
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(resources, ...path), 'utf8'))
const files = (folder: string): string[] =>
  readdirSync(join(resources, folder)).filter((name) => name.endsWith('.json'))
const script = { fr: /\p{Script=Latin}/u, ar: /\p{Script=Arabic}/u }

test('every procedure sheet parses, is named by its code, and has a closed list without doubles', () => {
  const sheets = files('procedures').map((name) => ({ name, sheet: procedure.parse(read('procedures', name)) }))
  expect(sheets.length).toBeGreaterThanOrEqual(5)
  for (const { name, sheet } of sheets) {
    expect(name).toBe(`${sheet.code.toLowerCase()}.json`)
    const codes = sheet.pieces.map((piece) => piece.code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(sheet.source).not.toBe('')
    for (const basis of sheet.legalBasis) expect(basis.source).not.toBe('')
    for (const text of [
      sheet.title,
      sheet.category,
      sheet.administration,
      sheet.appeal.authority,
      ...sheet.pieces.map((piece) => piece.label),
    ]) {
      expect(text.fr).toMatch(script.fr)
      expect(text.ar).toMatch(script.ar)
    }
  }
  expect(new Set(sheets.map(({ sheet }) => sheet.silence))).toEqual(new Set(['approval', 'appeal']))
})

test('no sheet asks for what law 55-19 forbids: certified copies, legalised signatures, several copies', () => {
  for (const name of files('procedures')) {
    for (const piece of procedure.parse(read('procedures', name)).pieces) {
      expect(piece.label.fr).not.toMatch(/certifiée? conforme|légalisée|exemplaires/i)
    }
  }
})

test('the office names its calendars, and each is of one year, in order, without doubles', () => {
  const office = officeSeed.parse(read('seed', 'office.json'))
  expect(new Intl.DateTimeFormat('fr', { timeZone: office.zone }).resolvedOptions().timeZone).toBe('Africa/Casablanca')
  for (const name of office.calendars) {
    const { year, days } = calendar.parse(read('calendars', `${name}.json`))
    const dates = days.map((day) => day.date)
    expect(dates).toEqual([...new Set(dates)].sort())
    expect(dates.every((date) => date.startsWith(String(year)))).toBe(true)
    expect(dates).toContain(`${String(year)}-01-14`)
    expect(dates).not.toContain(`${String(year)}-01-13`)
  }
})

test('the demonstration accounts cover every role and open with the demonstration password only', async () => {
  const accounts = z.array(account).parse(read('seed', 'accounts.json'))
  expect(new Set(accounts.flatMap((one) => one.roles))).toEqual(new Set(roles))
  for (const one of accounts) {
    expect(one.verifier).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$/)
    expect(await verify(one.verifier, 'guichet-demo')).toBe(true)
    expect(await verify(one.verifier, 'Guichet-demo')).toBe(false)
  }
})
