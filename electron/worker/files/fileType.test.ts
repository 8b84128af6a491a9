import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileType, isEmptyPdf } from './fileType.ts'

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

test.each([
  'MZ',
  '#!/bin/sh',
  '<svg xmlns="http://www.w3.org/2000/svg">',
  'PK\u0003\u0004',
  ' '.repeat(1_024) + '%PDF-1.7',
])('%j is refused', (start) => {
  expect(fileType(Buffer.from(start, 'latin1'))).toBeUndefined()
})

test.each(['\u00ef\u00bb\u00bf', '\n', ' ', '\r\n\r\n', 'From: scanner\n\n'])('a PDF after %j is one', (before) => {
  expect(fileType(Buffer.from(`${before}%PDF-1.7`, 'latin1'))).toBe('application/pdf')
})

test('a PDF without an object is one of nothing', () => {
  expect(isEmptyPdf(Buffer.from('%PDF-1.4 nothing'))).toBe(true)
  expect(isEmptyPdf(Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj'))).toBe(false)
})

test('any bytes are judged without an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      fileType(bytes)
    }),
  )
})
