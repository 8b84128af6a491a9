import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jpegSize } from './jpeg.ts'

const photo = readFileSync(new URL('../../resources/specimen/citizen.jpg', import.meta.url))

describe('the size of a JPEG', () => {
  it('is in its frame header', () => {
    expect(jpegSize(photo)).toEqual({ width: 140, height: 200 })
  })

  it('is unknown of anything else, and of a file that stops in its headers', () => {
    expect(jpegSize(Buffer.from('89504E470D0A1A0A', 'hex'))).toBeUndefined()
    expect(jpegSize(photo.subarray(0, 30))).toBeUndefined()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(600), (noise, at) => {
        const broken = Buffer.from(photo)
        broken.set(noise, at)
        jpegSize(broken)
        jpegSize(noise)
        jpegSize(Buffer.concat([Uint8Array.of(0xff, 0xd8), noise]))
      }),
    )
  })
})
