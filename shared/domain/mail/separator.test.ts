import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseSeparator, separatorCode, separatorLevel } from './separator.ts'

const serials = fc.stringMatching(/^[0-9A-Z]{8}$/)
const services = fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme-ascii' })

it('a code of a separator says what was written into it, in letters of the alphanumeric set', () => {
  const levels = fc.option(fc.constantFrom(...separatorLevel.options), { nil: undefined })
  fc.assert(
    fc.property(serials, fc.option(services, { nil: undefined }), levels, (serial, service, confidentiality) => {
      const said = {
        serial,
        ...(service === undefined ? {} : { service }),
        ...(confidentiality === undefined ? {} : { confidentiality }),
      }
      const code = separatorCode(said)
      expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/)
      expect(parseSeparator(code)).toEqual(said)
    }),
  )
})

it.each(['État civil', 'الحالة المدنية', 'urb/2'])('a service may be called %s', (service) => {
  expect(parseSeparator(separatorCode({ serial: '7K3M9Q2A', service }))).toEqual({ serial: '7K3M9Q2A', service })
})

it.each([
  '',
  'GP1:',
  'GP1:7K3M9Q2A/X/',
  'GP1:7K3M9Q2A/N/%FF',
  'GM1:7K3M9Q2A/N/',
  'GP1:7k3m9q2a//',
  'https://example.org',
])('%j is none', (text) => {
  expect(parseSeparator(text)).toBeUndefined()
})
