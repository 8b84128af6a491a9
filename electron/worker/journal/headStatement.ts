import { headStatement, type HeadStatement, type PlatformKey } from '#shared/contract/heads.ts'
import { readPlatformText } from './platformText.ts'

/**
 * Reads a countersigned head.
 * @returns what it states; `foreign` when its key is none of these; nothing when it does not hold
 */
export const readStatement = (jws: string, keys: readonly PlatformKey[]): HeadStatement | 'foreign' | undefined =>
  readPlatformText(jws, 'head', headStatement, keys)
