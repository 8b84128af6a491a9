import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findAsset, findRecording, isOwnPage, mayLoad, securityHeaders } from './policy.ts'

const folder = '/opt/guichet/renderer'
const dev = 'http://localhost:5173'

describe('findAsset', () => {
  it('finds the page and its parts with their media type', () => {
    expect(findAsset('app://guichet/', folder)).toEqual({
      file: `${folder}/index.html`,
      mediaType: 'text/html; charset=utf-8',
    })
    expect(findAsset('app://guichet/assets/font.woff2?v=1', folder)).toEqual({
      file: `${folder}/assets/font.woff2`,
      mediaType: 'font/woff2',
    })
  })

  it.each([
    'app://other/index.html',
    'https://guichet/index.html',
    'app://guichet/%2e%2e%2fmain/index.js',
    'app://guichet/..%5cmain%5cindex.js',
    'app://guichet/a%00.html',
    'app://guichet/%zz.html',
    'app://guichet/notes.exe',
    'app://guichet/assets',
    'not an address',
  ])('finds nothing at %s', (address) => {
    expect(findAsset(address, folder)).toBeUndefined()
  })

  it('never leaves the folder', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '..%2f', '%5c', ''), fc.string({ maxLength: 6 }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const found = findAsset(`app://guichet/${parts.join('/')}.js`, folder)
        expect(found === undefined || found.file.startsWith(`${folder}/`)).toBe(true)
      }),
    )
  })
})

describe('isOwnPage', () => {
  it('is our origin, and that of the dev server only while there is one', () => {
    expect(isOwnPage('app://guichet/index.html#/counter', undefined)).toBe(true)
    expect(isOwnPage(`${dev}/index.html`, dev)).toBe(true)
    expect(isOwnPage(`${dev}/index.html`, undefined)).toBe(false)
  })

  it.each([
    'app://guichet.example/',
    'app://guichet@example.org/',
    'https://example.org/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:0',
    '',
  ])('is not %s', (address) => {
    expect(isOwnPage(address, undefined)).toBe(false)
    expect(isOwnPage(address, dev)).toBe(false)
  })
})

describe('mayLoad', () => {
  it('loads what is ours and what the page made itself', () => {
    for (const address of ['app://guichet/a.js', 'data:image/png;base64,AA', 'blob:app://guichet/1'])
      expect(mayLoad(address, undefined)).toBe(true)
    expect(mayLoad('ws://localhost:5173/', dev)).toBe(true)
  })

  it.each([
    'https://example.org/a.js',
    'http://localhost:5173/',
    'ws://localhost:5173/',
    'file:///etc/passwd',
    'ftp://example.org',
  ])('refuses %s', (address) => {
    expect(mayLoad(address, undefined)).toBe(false)
  })
})

describe('securityHeaders', () => {
  it('allows no inline code, no evaluation and no other origin', () => {
    const policy = securityHeaders['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })
})

describe('findRecording', () => {
  it('finds what a language says, and the list of it', () => {
    expect(findRecording('app://guichet/recordings.json')).toBe('list')
    expect(findRecording('app://guichet/recordings/ar/20.ogg')).toEqual({
      language: 'ar',
      file: '20.ogg',
      mediaType: 'audio/ogg',
    })
  })

  it.each([
    'app://guichet/recordings/en/20.ogg',
    'app://guichet/recordings/fr/../ar/1.ogg/2.ogg',
    'app://guichet/recordings/fr/%2e%2e/x.ogg',
    'app://guichet/recordings/fr/x.html',
    'app://other/recordings.json',
    'app://guichet/assets/recordings.json',
    'nothing',
  ])('finds nothing at %s', (address) => {
    expect(findRecording(address)).toBeUndefined()
  })
})
