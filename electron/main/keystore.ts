/** The half of Electron's `safeStorage` that exists since Electron 42. */
interface AsyncHalf {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(blob: Buffer): Promise<{ result: string }>
}

/** The half that goes with Electron 46. Each half reads what the other wrote. */
interface SyncHalf {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(blob: Buffer): string
}

export type SafeStorage = (AsyncHalf | SyncHalf) & { getSelectedStorageBackend?(): string }

/** The operating system's keystore. Rejects when the keystore refuses or the blob is not its own. */
export interface Keystore {
  wrap(key: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  unwrap(blob: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
}

/** Backends that hide nothing: Chromium encrypts with a public constant there. */
const hollow = new Set(['basic_text', 'unknown'])

/** What people of the machine call its keystore. */
export const keystoreName = (storage: SafeStorage, platform: NodeJS.Platform): string =>
  platform === 'linux'
    ? (storage.getSelectedStorageBackend?.() ?? 'unknown')
    : platform === 'darwin'
      ? 'keychain'
      : platform === 'win32'
        ? 'DPAPI'
        : platform

/** Whether the system has a keystore that hides something. It may still refuse: that is found out by opening it. */
export const hasKeystore = (storage: SafeStorage, platform: NodeJS.Platform): boolean =>
  !hollow.has(keystoreName(storage, platform))

/**
 * The keystore where the system has a real one. `none`: the register then asks for a passphrase. `locked`: it did not
 * open, because nobody answered it or because it was refused; what it wrapped waits for the next start.
 */
export async function openKeystore(
  storage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<Keystore | 'none' | 'locked'> {
  if (!hasKeystore(storage, platform)) return 'none'
  const half = 'isAsyncEncryptionAvailable' in storage ? storage : asAsync(storage)
  if (!(await half.isAsyncEncryptionAvailable())) return 'locked'
  return {
    wrap: async (key) => new Uint8Array(await half.encryptStringAsync(Buffer.from(key).toString('base64'))),
    unwrap: async (blob) =>
      new Uint8Array(Buffer.from((await half.decryptStringAsync(Buffer.from(blob))).result, 'base64')),
  }
}

const asAsync = (storage: SyncHalf): AsyncHalf => ({
  isAsyncEncryptionAvailable: async () => storage.isEncryptionAvailable(),
  encryptStringAsync: async (text) => storage.encryptString(text),
  decryptStringAsync: async (blob) => ({ result: storage.decryptString(blob) }),
})
