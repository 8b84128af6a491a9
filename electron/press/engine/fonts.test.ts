import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coverage, covers, rangesOf } from '#shared/domain/papers/glyphs.ts'
import { resources } from '#tests/builders/worker.ts'
import { families, openFonts } from './fonts.ts'

const fonts = openFonts(resources)

test('the table of letters that the worker asks is that of these fonts (npm run fonts)', () => {
  const table = coverage.parse(JSON.parse(readFileSync(join(resources, 'fonts', 'coverage.json'), 'utf8')))
  expect(table).toEqual(rangesOf(fonts.letters()))
  for (let letter = 0; letter < 0x3000; letter += 1) expect(covers(table, letter)).toBe(fonts.has(letter))
})

test('a letter is taken from the first family that has it in both weights', () => {
  expect(fonts.familyOf(0x0628)).toBe('arabic')
  expect(fonts.familyOf(0x2d5c)).toBe('tifinagh')
  expect(fonts.familyOf(0x0416)).toBe('latin')
  expect(fonts.familyOf(0x1e24)).toBe('wide')
  expect(fonts.familyOf(0x738b)).toBeUndefined()
})

test.each(families)('the family %s is there whole in both weights', (family) => {
  for (const weight of ['normal', 'bold'] as const) {
    expect(fonts.bytes(family, weight).byteLength).toBeGreaterThan(10_000)
    expect(fonts.shaper(family, weight).unitsPerEm).toBeGreaterThan(0)
  }
})

test('a letter that was first drawn as a part of another is still copied as itself', () => {
  const fresh = openFonts(resources).shaper('latin', 'bold')
  for (const { path } of fresh.layout('é').glyphs) expect(path.toSVG()).not.toBe('')
  expect(fresh.layout('e').glyphs.map(({ codePoints }) => codePoints)).toEqual([[0x65]])
})

describe('joiners', () => {
  const shape = (text: string) =>
    fonts
      .shaper('arabic', 'bold')
      .layout(text)
      .glyphs.map(({ id }) => id)
  const stroke = shape('ـ')

  test('show a letter as joined at the end of a word, and leave nothing else there', () => {
    expect(shape('ه\u200d')).toEqual(shape('هـ').filter((id) => !stroke.includes(id)))
    expect(shape('\u200dه')).toEqual(shape('ـه').filter((id) => !stroke.includes(id)))
    expect(shape('ه\u200d')).not.toEqual(shape('ه'))
  })

  test('part two letters, whichever joiner came before', () => {
    for (const [parted, first, last] of [
      ['علی\u200cرضا', 'علی', 'رضا'],
      ['می\u200cخواهم', 'می', 'خواهم'],
    ] as const)
      expect(shape(parted)).toEqual([...shape(last), ...shape(first)])
  })

  test('are no space: what is copied from the paper stays one word', () => {
    const run = fonts.shaper('arabic', 'normal').layout('علی\u200cرضا')
    expect(run.glyphs.flatMap(({ codePoints }) => codePoints)).not.toContain(0x20)
    expect(run.glyphs).toHaveLength(run.positions.length)
  })
})
