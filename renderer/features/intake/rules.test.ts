import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Checks } from '#shared/domain/identity/identity.ts'
import { assess, requestDraft } from '#shared/domain/request/request.ts'
import { demoProcedures } from '../../core/bridge/demo/procedures.ts'
import { ageOn, daysUntil, parsePartialDate } from './citizen/partialDates.ts'
import { badgesOf } from './citizen/verdicts.ts'
import { latestOnly } from './latestOnly.ts'
import { draftOnSheet, lineOf, statesOf } from '#shared/domain/request/pieceLines.ts'
import { draftOn, hasWork, switched, toggled, withFile } from './request/draft.ts'
import type { Sha256 } from '#shared/ids.ts'

describe('dates as they are known', () => {
  it.each([
    ['14/02/1990', { value: '1990-02-14', precision: 'day' }],
    ['4.2.1990', { value: '1990-02-04', precision: 'day' }],
    ['14021990', { value: '1990-02-14', precision: 'day' }],
    ['02/1990', { value: '1990-02', precision: 'month' }],
    ['021990', { value: '1990-02', precision: 'month' }],
    ['1972', { value: '1972', precision: 'year' }],
    ['٠٥/٠٣/١٩٩٠', { value: '1990-03-05', precision: 'day' }],
    ['۱۹۷۲', { value: '1972', precision: 'year' }],
    [' 29 2 2024 ', { value: '2024-02-29', precision: 'day' }],
  ])('reads %s', (typed, date) => {
    expect(parsePartialDate(typed)).toEqual(date)
  })

  it.each(['', '29/02/2023', '31/04/2000', '13/1990', '0/2000', '14/02/90', '1/2/3/2000', 'hier', '14//1990'])(
    'refuses %s',
    (typed) => {
      expect(parsePartialDate(typed)).toBeUndefined()
    },
  )

  it('reads back every day that is written', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const [year, month, day] = date.toISOString().slice(0, 10).split('-')
          expect(parsePartialDate(`${day ?? ''}/${month ?? ''}/${year ?? ''}`)).toEqual({
            value: `${year ?? ''}-${month ?? ''}-${day ?? ''}`,
            precision: 'day',
          })
        },
      ),
    )
  })

  it('counts full years, and invents no age', () => {
    expect(ageOn({ value: '1990-11-22', precision: 'day' }, '2026-11-21')).toBe(35)
    expect(ageOn({ value: '1990-11-21', precision: 'day' }, '2026-11-21')).toBe(36)
    expect(ageOn({ value: '1972', precision: 'year' }, '2026-11-21')).toBeUndefined()
    expect(daysUntil('2026-12-18', '2026-11-21')).toBe(27)
    expect(daysUntil('2026-11-20', '2026-11-21')).toBe(-1)
  })
})

describe('verdicts', () => {
  it('stand with what is wrong in front', () => {
    const checks: Checks = { identity: 'valid', address: 'invalid', photo: 'valid', chain: 'untrusted' }
    expect(badgesOf(checks).map((badge) => badge.tone)).toEqual(['danger', 'warn', 'ok', 'ok'])
  })

  it('speak of signature and chip instead of an address, and name the groups that were altered', () => {
    const own = { identity: 'valid', address: 'notChecked', photo: 'valid', chain: 'untrusted' } as const
    const chip = { access: 'PACE-CAN', documentCode: 'P', names: { latin: 'ERIKSSON' } } as const
    const badges = badgesOf(own, {
      ...chip,
      checks: { passive: 'valid', chip: 'invalid', dataGroups: { DG1: 'valid', DG11: 'invalid', DG12: 'invalid' } },
    })
    expect(badges.map(({ key, tone }) => [key.slice('checks.'.length), tone])).toEqual([
      ['chip.invalid', 'danger'],
      ['altered', 'danger'],
      ['chain.untrusted', 'warn'],
      ['identity.valid', 'ok'],
      ['photo.valid', 'ok'],
      ['passive.valid', 'ok'],
    ])
    expect(badges[1]?.groups).toBe('DG11, DG12')
    expect(
      badgesOf(own, { ...chip, checks: { passive: 'valid', chip: 'notChecked', dataGroups: {} } }).map(
        ({ key }) => key,
      ),
    ).not.toContain('checks.chip.invalid')
  })
})

describe('drafts', () => {
  const sheets = fc.constantFrom(...demoProcedures)
  it('hold only what the sheet allows, whatever is pressed', () => {
    fc.assert(
      fc.property(
        sheets,
        fc.array(fc.tuple(fc.nat(20), fc.constantFrom('toggle', 'obtained', 'notApplicable', 'file')), {
          maxLength: 40,
        }),
        (sheet, keys) => {
          let draft = draftOn(sheet, 'fr')
          for (const [at, key] of keys) {
            const piece = sheet.pieces[at % sheet.pieces.length]
            if (piece === undefined) continue
            if (key === 'toggle') draft = toggled(draft, piece)
            else if (key === 'file') draft = withFile(draft, piece.code, 'a'.repeat(64) as Sha256)
            else if (statesOf(piece).includes(key)) draft = switched(draft, piece, key)
          }
          expect(requestDraft.safeParse(draft).success).toBe(true)
          expect(assess(sheet, draft.pieces).unknown).toEqual([])
          for (const piece of sheet.pieces) {
            expect(statesOf(piece)).toContain(lineOf(draft, piece.code).state)
            expect(lineOf(draft, piece.code).attachments.length).toBeLessThanOrEqual(1)
          }
        },
      ),
    )
  })

  it('come back to where they were when a row is pressed twice', () => {
    fc.assert(
      fc.property(sheets, fc.nat(20), (sheet, at) => {
        const piece = sheet.pieces[at % sheet.pieces.length]
        const draft = draftOn(sheet, 'ar')
        if (piece !== undefined) expect(toggled(toggled(draft, piece), piece)).toEqual(draft)
        expect(hasWork(draft, sheet)).toBe(false)
      }),
    )
  })

  it('keep what a newer sheet still asks for', () => {
    const [old] = demoProcedures
    if (old === undefined) throw new Error('no sheet')
    const [first, second, ...rest] = old.pieces
    if (first === undefined || second === undefined) throw new Error('no pieces')
    const newer = {
      ...old,
      version: '2027.1',
      pieces: [{ ...second }, { ...first, code: 'nouvelle' }, ...rest] as typeof old.pieces,
    }
    const moved = draftOnSheet(toggled(draftOn(old, 'fr'), second), newer)
    expect(moved.procedureVersion).toBe('2027.1')
    expect(moved.pieces.map((line) => [line.code, line.state])).toEqual([
      ['plan', 'received'],
      ['nouvelle', 'missing'],
      ['propriete', 'obtained'],
      ['note', 'obtained'],
    ])
  })
})

describe('latestOnly', () => {
  it('runs one at a time and ends on the last value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), async (values) => {
        const ran: number[] = []
        let running = 0
        const save = latestOnly(async (value: number) => {
          expect((running += 1)).toBe(1)
          await Promise.resolve()
          ran.push(value)
          running -= 1
        })
        await Promise.all(values.map((value) => save(value)))
        expect(ran.at(-1)).toBe(values.at(-1))
        expect(ran.length).toBeLessThanOrEqual(Math.min(values.length, 2))
      }),
    )
  })
})
