import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { profileOf } from './profiles/all.ts'
import { readsDocuments, udevRule, udevRules, vendors } from './vendors.ts'

test('the rule that is shipped is that of the table', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'udev', udevRule), 'utf8')).toBe(udevRules())
})

test('each maker stands once, and a document reader of a known maker needs no telling name', () => {
  expect(new Set(vendors.map((one) => one.id)).size).toBe(vendors.length)
  const info = { path: 'x', productId: 1, usagePage: 0xff00, usage: 1, product: 'OEM device' }
  expect(profileOf({ ...info, vendorId: 0x0db5 })?.name).toBe('asciiReports')
  expect(profileOf({ ...info, vendorId: 0x05e0 })).toBeUndefined()
  expect(readsDocuments(undefined)).toBe(false)
})
