import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { archiveOf } from '#tests/builders/archive.ts'
import { packTar, unpackTar, type StreamedEntry } from './tar.ts'

const name = fc.stringMatching(/^[a-z0-9/.]{1,100}$/)
const entries = fc.uniqueArray(fc.record({ name, bytes: fc.uint8Array({ maxLength: 2000 }) }), {
  selector: (one) => one.name,
  maxLength: 6,
})

test('what is packed is unpacked', () => {
  fc.assert(
    fc.property(entries, (files) => {
      expect([...(unpackTar(archiveOf(files)) ?? [])]).toEqual(files.map(({ name: at, bytes }) => [at, bytes]))
    }),
  )
})

test('noise, a cut and a changed header are refused, without a crash', () => {
  const archive = archiveOf([{ name: 'a', bytes: new Uint8Array(700).fill(7) }])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (noise) => {
      unpackTar(noise)
    }),
  )
  for (const length of [0, 100, 512, 1100]) expect(unpackTar(archive.subarray(0, length))).toBeUndefined()
  fc.assert(
    fc.property(fc.nat(511), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const changed = archive.slice()
      changed[at] = (changed[at] ?? 0) ^ change
      const read = unpackTar(changed)
      expect(read === undefined || [...read.keys()].join() === 'a').toBe(true)
    }),
  )
})

test("the system's tar reads it", () => {
  const archive = archiveOf([
    { name: 'batches/000001.json', bytes: new TextEncoder().encode('[1]') },
    { name: 'x', bytes: new Uint8Array() },
  ])
  expect(execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' })).toBe('batches/000001.json\nx\n')
})

test('one entry is asked for at a time, in as many pieces as it likes, and must be as long as it said', () => {
  const asked: string[] = []
  const entry = (at: string, pieces: readonly string[], size: number): StreamedEntry => ({
    name: at,
    size,
    pieces: () => {
      asked.push(at)
      return pieces.map((piece) => Buffer.from(piece))
    },
  })
  const archive = packTar([entry('a', ['one', 'two'], 6), entry('b', ['three'], 5)])
  archive.next()
  archive.next()
  expect(asked).toEqual(['a'])
  const whole = Buffer.concat([...packTar([entry('a', ['one', 'two'], 6), entry('b', ['three'], 5)])])
  expect(
    [...(unpackTar(new Uint8Array(whole)) ?? [])].map(([at, bytes]) => [at, Buffer.from(bytes).toString()]),
  ).toEqual([
    ['a', 'onetwo'],
    ['b', 'three'],
  ])
  for (const size of [4, 6]) expect(() => [...packTar([entry('b', ['three'], size)])]).toThrow('of')
})
