import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitStack, type PageFound } from './stackRules.ts'

const sheet = (serial: string, service?: string): PageFound => ({
  is: 'separator',
  separator: { serial, ...(service === undefined ? {} : { service }) },
})
const page = (...labels: string[]): PageFound => ({
  is: 'page',
  labels,
  numbers: [],
  references: [],
  posted: [],
  foreign: [],
})
const foreign = (...texts: string[]): PageFound => ({
  is: 'page',
  labels: [],
  numbers: [],
  references: [],
  posted: [],
  foreign: texts,
})
const blank: PageFound = { is: 'blank' }
const unreadable: PageFound = { is: 'unreadable' }
const pagesOf = (found: readonly PageFound[]) => splitStack(found).documents.map(({ pages }) => pages)
const stopsOf = (found: readonly PageFound[]) =>
  splitStack(found).stops.map(({ page: at, why }) => `${String(at)} ${why}`)

describe('a stack', () => {
  it('is split at its separators, whose two sides count once', () => {
    const found = [sheet('AAAA', 'URB'), sheet('AAAA', 'URB'), page(), page(), sheet('BBBB'), sheet('BBBB'), page()]
    expect(splitStack(found)).toEqual({
      balance: { pages: 7, separators: 2, documents: 2, blanks: 0, unreadable: 0 },
      documents: [{ pages: [3, 4], service: 'URB' }, { pages: [7] }],
      stops: [],
    })
  })

  it('without any separator is one letter', () => {
    expect(pagesOf([page(), blank, page()])).toEqual([[1, 3]])
  })

  it('may begin with a letter, and a separator may lie behind each', () => {
    const found = [page(), sheet('AAAA'), sheet('AAAA'), page(), sheet('BBBB'), sheet('BBBB')]
    expect(pagesOf(found)).toEqual([[1], [4]])
    expect(stopsOf(found)).toEqual([])
  })

  it('knows a sheet again that is used twice in it', () => {
    expect(pagesOf([sheet('AAAA'), page(), sheet('AAAA'), page()])).toEqual([[2], [4]])
  })

  it('leaves blank backs out, and counts them', () => {
    const { balance, documents } = splitStack([sheet('AAAA'), blank, page(), blank, page(), blank])
    expect(balance).toMatchObject({ blanks: 3, documents: 1 })
    expect(documents).toEqual([{ pages: [3, 5] }])
  })
})

describe('a doubtful place stops itself alone', () => {
  it('two separators in a row, nothing between (paperless-ngx 1590)', () => {
    const found = [sheet('AAAA'), sheet('AAAA'), sheet('BBBB'), sheet('BBBB'), page(), sheet('CCCC'), page()]
    expect(pagesOf(found)).toEqual([[5], [7]])
    expect(stopsOf(found)).toEqual(['3 doubledSeparator'])
  })

  it('a blank page between two separators is nothing between', () => {
    expect(stopsOf([sheet('AAAA'), blank, sheet('BBBB'), page()])).toEqual(['3 doubledSeparator'])
  })

  it('a last separator with nothing behind', () => {
    expect(stopsOf([sheet('AAAA'), page(), sheet('BBBB'), sheet('BBBB'), blank])).toEqual(['3 nothingBehind'])
  })

  it('a separator that cannot be read, on both sides, is one, and parts two letters all the same', () => {
    const found = [
      sheet('AAAA', 'URB'),
      sheet('AAAA', 'URB'),
      page(),
      unreadable,
      unreadable,
      page(),
      sheet('BBBB'),
      page(),
    ]
    expect(splitStack(found)).toEqual({
      balance: { pages: 8, separators: 2, documents: 3, blanks: 0, unreadable: 1 },
      // What the sheet before said is not said of the letter behind the one that cannot be read.
      documents: [{ pages: [3], service: 'URB' }, { pages: [6] }, { pages: [8] }],
      stops: [{ page: 4, why: 'unreadableSeparator' }],
    })
  })

  it.each([
    ['its back', [sheet('AAAA'), sheet('AAAA'), page(), sheet('BBBB', 'RH'), unreadable, page()]],
    ['its front', [sheet('AAAA'), sheet('AAAA'), page(), unreadable, sheet('BBBB', 'RH'), page()]],
  ])('where sheets have two sides, %s that cannot be read is read on the other', (_, found) => {
    const { balance, documents, stops } = splitStack(found)
    expect(balance).toMatchObject({ separators: 2, unreadable: 0 })
    expect(documents[1]).toEqual({ pages: [6], service: 'RH' })
    expect(stops).toEqual([])
  })

  it('where sheets are seen on one side, it may be a sheet of its own: nothing of its neighbour is said of it', () => {
    const found = [sheet('AAAA', 'URB'), unreadable, page()]
    expect(splitStack(found)).toMatchObject({
      balance: { separators: 1, unreadable: 1 },
      documents: [{ pages: [3] }],
      stops: [{ page: 2, why: 'unreadableSeparator' }],
    })
    expect(splitStack(found).documents[0]).not.toHaveProperty('service')
  })

  it('a page that cannot be drawn stays with its letter', () => {
    const found: PageFound[] = [sheet('AAAA'), page(), { is: 'torn' }, sheet('BBBB'), page()]
    expect(pagesOf(found)).toEqual([[2, 3], [5]])
    expect(stopsOf(found)).toEqual(['3 pageTorn'])
  })
})

describe('labels', () => {
  it('tie the letter whose first page bears them, and no other one (paperless-ngx 5763, 7997)', () => {
    const found = [sheet('AAAA'), page('L1'), page(), sheet('BBBB'), page(), sheet('CCCC'), page('L2')]
    expect(splitStack(found).documents.map(({ label }) => label)).toEqual(['L1', undefined, 'L2'])
  })

  it('two in one letter: a separator is missing there', () => {
    const found = [sheet('AAAA'), page('L1'), page(), page('L2'), sheet('BBBB'), page('L3')]
    expect(splitStack(found).documents[0]).toEqual({ pages: [2, 3, 4], label: 'L1' })
    expect(stopsOf(found)).toEqual(['4 secondLabel'])
  })

  it('two on one page: none is chosen', () => {
    expect(splitStack([page('L1', 'L2')]).documents).toEqual([{ pages: [1] }])
    expect(stopsOf([page('L1', 'L2')])).toEqual(['1 secondLabel'])
  })

  it('one that is not on the first page, and one that comes again', () => {
    expect(stopsOf([page(), page('L1')])).toEqual(['2 labelInside'])
    expect(stopsOf([page('L1'), page('L1')])).toEqual([])
    expect(stopsOf([page('L1'), sheet('AAAA'), page('L1')])).toEqual(['3 labelTwice'])
  })

  it('codes of others are listed once, and stop nothing (paperless-ngx 8943)', () => {
    const found = [page('L1'), foreign('RR473124829MA'), foreign('RR473124829MA', '5901234123457')]
    expect(splitStack(found)).toMatchObject({
      documents: [{ label: 'L1', foreign: ['RR473124829MA', '5901234123457'] }],
      stops: [],
    })
  })
})

it('whatever lies in a stack: every page is somewhere once, the sums agree, and stops are on pages', () => {
  const serials = fc.constantFrom('AAAA', 'BBBB', 'CCCC')
  const any = fc.oneof(
    serials.map((serial) => sheet(serial)),
    fc.constantFrom('L1', 'L2', '').map((label) => (label === '' ? page() : page(label))),
    fc.constantFrom<PageFound>(blank, unreadable, { is: 'torn' }),
  )
  fc.assert(
    fc.property(fc.array(any, { maxLength: 40 }), (found) => {
      const { balance, documents, stops } = splitStack(found)
      const inLetters = documents.flatMap(({ pages }) => pages)
      expect(inLetters).toEqual(found.flatMap(({ is }, at) => (is === 'page' || is === 'torn' ? [at + 1] : [])))
      const faces = found.filter(({ is }) => is === 'separator' || is === 'unreadable').length
      expect(balance.pages).toBe(inLetters.length + balance.blanks + faces)
      expect(balance.documents).toBe(documents.length)
      const sheets = balance.separators + balance.unreadable
      expect(sheets).toBeLessThanOrEqual(faces)
      expect(sheets * 2).toBeGreaterThanOrEqual(faces)
      for (const { pages } of documents) expect(pages.length).toBeGreaterThan(0)
      for (const { page: at } of stops) expect(found[at - 1]).toBeDefined()
      // Between two letters there is a sheet, seen or not.
      for (const [at, { pages }] of documents.slice(1).entries())
        expect(found.slice(documents[at]?.pages.at(-1), (pages[0] ?? 0) - 1).some(({ is }) => is !== 'blank')).toBe(
          true,
        )
    }),
  )
})
