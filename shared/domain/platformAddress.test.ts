import { expect, test } from 'vitest'
import { isPlatformAddress } from './platformAddress.ts'

test.each([
  'https://platform.example',
  'https://10.0.0.1:8443/v1',
  'http://localhost:8080',
  'http://127.0.0.1',
  'http://127.1.2.3:9',
  'http://[::1]:8080',
])('%s is an address for acts', (address) => {
  expect(isPlatformAddress(address)).toBe(true)
})

test.each([
  'http://platform.example',
  'http://10.0.0.1',
  'http://localhost.example',
  'http://127.0.0.1.example',
  'http://0.0.0.0',
  'ftp://localhost',
  'file:///etc',
  'localhost:8080',
  '',
])('%s is none', (address) => {
  expect(isPlatformAddress(address)).toBe(false)
})
