import fc from 'fast-check'
import { expect, it } from 'vitest'
import { msgOf } from '#tests/builders/corpus/letterMail.ts'
import { isSoundCompound } from './compound.ts'
import { readMsg } from './readMsg.ts'

const letter = { from: 'Wilaya', subject: 'Circulaire', date: '2026-11-12T10:00:00Z', text: 'Texte'.repeat(2_000) }

it('a message of Outlook is sound, with a message in it too', () => {
  expect(isSoundCompound(msgOf(letter))).toBe(true)
  expect(isSoundCompound(msgOf(letter, [letter]))).toBe(true)
})

it('a chain that comes back to where it was is not followed', () => {
  const bytes = new Uint8Array(msgOf(letter))
  const view = new DataView(bytes.buffer)
  // The table of chains stands in the first sector that the header names; the directory's first sector follows itself.
  const [table, directory] = [view.getUint32(76, true), view.getUint32(48, true)]
  view.setUint32((table + 1) * 512 + directory * 4, directory, true)
  expect(isSoundCompound(bytes)).toBe(false)
  expect(readMsg(bytes)).toMatchObject({ ok: false, fault: { code: 'letter.unreadable' } })
})

it('a branch that hangs in two places is none', () => {
  const bytes = new Uint8Array(msgOf(letter))
  const view = new DataView(bytes.buffer)
  const root = (view.getUint32(48, true) + 1) * 512
  view.setUint32(root + 68, 0, true)
  expect(isSoundCompound(bytes)).toBe(false)
})

it('whatever three numbers of a file are changed, it is read or refused', () => {
  const sample = new Uint8Array(msgOf(letter))
  const change = fc.tuple(fc.nat(sample.length - 4), fc.oneof(fc.nat(64), fc.constant(0xfffffffe), fc.nat(0xffffffff)))
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const bytes = sample.slice()
      for (const [at, value] of changes) new DataView(bytes.buffer).setUint32(at - (at % 4), value, true)
      expect(typeof readMsg(bytes).ok).toBe('boolean')
    }),
    { numRuns: 300 },
  )
})
