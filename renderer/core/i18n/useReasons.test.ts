import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, test } from 'vitest'
import { defineComponent } from 'vue'
import { faults } from '#shared/fault.ts'
import { speak } from './language.ts'
import { useReasons, useRemedy } from './useReasons.ts'

beforeAll(() => speak('fr'))

function spoken(): {
  readonly reasonsOf: ReturnType<typeof useReasons>
  readonly remedyFor: ReturnType<typeof useRemedy>
} {
  let words: ReturnType<typeof spoken> | undefined
  mount(
    defineComponent({
      setup: () => {
        words = { reasonsOf: useReasons(), remedyFor: useRemedy() }
        return () => null
      },
    }),
  )
  if (words === undefined) throw new Error('not mounted')
  return words
}
const { reasonsOf, remedyFor } = spoken()

const ofPaper = Object.keys(faults).filter((code) => /^(printer|press|paper|devices)\./u.test(code))
const held = ['job-hold-until-specified', 'job-stopped']
const paper = ['media-empty-error', 'media-jam-warning', 'cover-open', 'offline', 'paused']

describe('why a paper stands still', () => {
  test.each([...ofPaper, ...held, ...paper])('%s is said in words, never as a code', (reason) => {
    const said = reasonsOf([reason])
    expect(said).not.toContain(reason)
    expect(said).not.toMatch(/inconnue/u)
  })

  test('what there are no words for is said by the printer itself, and a keyword by nobody', () => {
    expect(reasonsOf(['vendor-lamp-tired'], 'Lamp is tired')).toMatch(/signale « .?Lamp is tired.? »/u)
    expect(reasonsOf(['vendor-lamp-tired'])).toBe('raison inconnue')
    expect(reasonsOf(['vendor-lamp-tired', 'cover-open'], 'Lamp is tired')).toBe('capot ouvert')
  })

  test('a refusal says what the printer said of it', () => {
    expect(reasonsOf(['printer.refused'], 'Too many pages.')).toMatch(/refuse le document.*Too many pages/u)
  })

  test('paper that is out and asked for is one reason', () => {
    expect(reasonsOf(['media-needed', 'media-empty'])).toBe('plus de papier')
  })
})

describe('what to do about it', () => {
  const byItself = /reprend d’elle-même/u
  test('paper, doors and plugs: it goes on by itself afterwards', () => {
    for (const reason of ['media-empty', 'media-jam', 'cover-open', 'toner-empty', 'offline'])
      expect(remedyFor([reason])).toMatch(byItself)
  })

  test('what is held or refused does not: somebody else has to act', () => {
    for (const reason of [...held, 'printer.refused', 'printer.closed', 'printer.quota', 'printer.notAllowed'])
      expect(remedyFor([reason])).not.toMatch(/[^p]as d’elle-même|: l’impression reprend/u)
    expect(remedyFor(['job-hold-until-specified'])).toMatch(/ne reprend pas/u)
    expect(remedyFor([])).toMatch(/Regardez/u)
  })
})
