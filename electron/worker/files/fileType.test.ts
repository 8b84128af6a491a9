import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileType } from './fileType.ts'

test.each([
  ['%PDF-', 'application/pdf'],
  ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ['\u00ff\u00d8\u00ff', 'image/jpeg'],
  ['II*\0', 'image/tiff'],
  ['MM\0*', 'image/tiff'],
])('%j begins %s', (start, mime) => {
  expect(fileType(Buffer.from(`${start}whatever follows`, 'latin1'))).toBe(mime)
  for (let length = 0; length < start.length; length += 1)
    expect(fileType(Buffer.from(start.slice(0, length), 'latin1'))).toBeUndefined()
})

test.each(['MZ', '#!/bin/sh', '<svg xmlns="http://www.w3.org/2000/svg">', 'PK\u0003\u0004', ' %PDF-1.7'])(
  '%j is refused',
  (start) => {
    expect(fileType(Buffer.from(start, 'latin1'))).toBeUndefined()
  },
)

test('any bytes are judged without an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      fileType(bytes)
    }),
  )
})
