import { expect, test } from 'vitest'
import { z } from 'zod'
import { aPlatformKey, signText } from '#tests/builders/platformKeys.ts'
import { followKeys, readPlatformText } from './platformText.ts'

const shape = z.object({ said: z.string() })
const [one, other] = [aPlatformKey(), aPlatformKey()]

test('a text of the platform is read, by its key and of its kind only', () => {
  const text = signText('answers', { said: 'yes' }, one)
  expect(readPlatformText(text, 'answers', shape, [other.key, one.key])).toEqual({ said: 'yes' })
  expect(readPlatformText(text, 'answers', shape, [other.key])).toBe('foreign')
  expect(readPlatformText(text, 'head', shape, [one.key])).toBeUndefined()
  expect(readPlatformText(text, 'answers', z.object({ told: z.string() }), [one.key])).toBeUndefined()
  const forged = signText('answers', { said: 'yes' }, { ...other, key: one.key })
  expect(readPlatformText(forged, 'answers', shape, [one.key])).toBeUndefined()
})

test('whatever is changed in a text, it is not read', () => {
  const text = signText('answers', { said: 'yes' }, one)
  for (let at = 0; at < text.length; at += 1) {
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    // The last letter of a signature has bits that mean nothing.
    if (
      Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(Buffer.from(text.split('.')[2] ?? '', 'base64url'))
    )
      if (changed.split('.')[2] !== text.split('.')[2]) continue
    expect(readPlatformText(changed, 'answers', shape, [one.key]), String(at)).not.toEqual({ said: 'yes' })
  }
  for (const odd of ['', '.', '..', `${text}.`, text.slice(0, -1), `${text}.x`])
    expect(readPlatformText(odd, 'answers', shape, [one.key])).toBeUndefined()
})

test('keys are followed along an unbroken chain from the newest known one, and no other way', () => {
  const first = aPlatformKey()
  const second = aPlatformKey(first)
  const third = aPlatformKey(second)
  const published = [third.key, second.key, first.key]
  expect(followKeys([first.key], published)).toEqual([third.key, second.key, first.key])
  expect(followKeys([second.key, first.key], published)).toEqual([third.key, second.key, first.key])
  expect(followKeys([third.key], published)).toBeUndefined()
  expect(followKeys([], published)).toBeUndefined()
  expect(followKeys([aPlatformKey().key], published)).toBeUndefined()
  // A key of before that was stolen vouches for nobody any more.
  const thief = aPlatformKey(first)
  expect(followKeys([second.key, first.key], [thief.key, first.key])).toBeUndefined()
  expect(followKeys([second.key, first.key], [thief.key, second.key, first.key])).toBeUndefined()
  const { vouched: _, ...unvouched } = third.key
  expect(followKeys([first.key], [unvouched, second.key, first.key])).toBeUndefined()
  // The statement speaks of another key than the one that stands there.
  expect(followKeys([first.key], [{ ...third.key, vouched: second.key.vouched ?? '' }, first.key])).toBeUndefined()
  expect(followKeys([first.key], [{ ...second.key, publicKey: thief.key.publicKey }, first.key])).toBeUndefined()
})
