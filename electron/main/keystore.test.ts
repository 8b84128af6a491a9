import { describe, expect, it } from 'vitest'
import { openKeystore } from './keystore.ts'

const key = Uint8Array.from({ length: 32 }, (_, index) => index)
const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a))

const older = (backend: string, available = true) => ({
  isEncryptionAvailable: () => available,
  encryptString: (text: string) => flip(Buffer.from(text)),
  decryptString: (blob: Buffer) => flip(blob).toString(),
  getSelectedStorageBackend: () => backend,
})
const newer = (backend: string, available = true) => ({
  isAsyncEncryptionAvailable: async () => available,
  encryptStringAsync: async (text: string) => flip(Buffer.from(text)),
  decryptStringAsync: async (blob: Buffer) => ({ result: flip(blob).toString(), shouldReEncrypt: false }),
  getSelectedStorageBackend: () => backend,
})

describe('openKeystore', () => {
  it('wraps and unwraps by either half, and each reads the other', async () => {
    const [before, after] = await Promise.all([
      openKeystore(older('gnome_libsecret'), 'linux'),
      openKeystore(newer('kwallet6'), 'linux'),
    ])
    if (typeof before === 'string' || typeof after === 'string') throw new Error('no keystore')
    expect(await before.unwrap(await before.wrap(key))).toEqual(key)
    expect(await after.unwrap(await before.wrap(key))).toEqual(key)
    expect(Buffer.from(await after.wrap(key)).includes(Buffer.from(key))).toBe(false)
  })

  it.each(['basic_text', 'unknown'])('refuses the backend %s, which hides nothing', async (backend) => {
    expect(await openKeystore(older(backend), 'linux')).toBe('none')
    expect(await openKeystore(newer(backend), 'linux')).toBe('none')
  })

  it('is locked where the system has one that does not open: what it wrapped is not lost', async () => {
    expect(await openKeystore(newer('kwallet6', false), 'linux')).toBe('locked')
    expect(await openKeystore(older('', false), 'win32')).toBe('locked')
  })

  it('asks for no backend where only Linux has several', async () => {
    expect(await openKeystore(older('unknown'), 'win32')).toHaveProperty('wrap')
  })
})
