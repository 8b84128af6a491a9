import { describe, expect, it } from 'vitest'
import { takes } from './media.ts'
import { localCups, parseIppServer } from './server.ts'

describe('papers of a printer', () => {
  it.each([
    [['iso_a4_210x297mm', 'iso_a5_148x210mm'], true],
    [['iso_a4_210x297mm', 'na_letter_8.5x11in'], false],
    [['custom_min_76.2x127mm', 'custom_max_216x356mm'], true],
    [['custom_min_3x5in', 'custom_max_8.5x14in'], true],
    [['custom_min_3x5in', 'custom_max_5x7in'], false],
    [['custom_min_broken', 'custom_max_8.5x14in'], false],
    [[], false],
  ])('%j take A5: %s', (supported, expected) => {
    expect(takes(supported, 'a5')).toBe(expected)
  })
})

describe('the address of an IPP server', () => {
  it('is a socket, a CUPS host or a printer', () => {
    expect(parseIppServer('/run/cups/cups.sock')).toMatchObject({
      kind: 'cups',
      connect: { socketPath: '/run/cups/cups.sock' },
    })
    expect(parseIppServer('localhost')).toMatchObject({ kind: 'cups', connect: { host: 'localhost', port: 631 } })
    expect(parseIppServer('http://localhost:8631')).toMatchObject({ kind: 'cups', connect: { port: 8631 } })
    expect(parseIppServer('ipp://[::1]:8631/ipp/print')).toMatchObject({
      kind: 'printer',
      connect: { host: '::1', port: 8631 },
      path: '/ipp/print',
    })
  })

  it('is refused otherwise', () => {
    for (const text of ['', 'ftp://x/', 'http://', 'a b']) expect(parseIppServer(text)).toBeUndefined()
  })

  it('follows CUPS_SERVER as every CUPS program does', () => {
    expect(localCups({ CUPS_SERVER: '/tmp/cups.sock' })).toBe('/tmp/cups.sock')
  })
})
