import { ok } from '#shared/result.ts'
import type { CardChannel } from '#shared/ports/cardChannel.ts'
import { readFile, type FileSpec } from '../../apdu/readFile.ts'

/**
 * What proves the identity may be missing, refused or broken: then it proves nothing, and the identity is not lost for
 * it.
 */
export async function readEvidence(channel: CardChannel, file: FileSpec): ReturnType<typeof readFile> {
  const read = await readFile(channel, file)
  return !read.ok && (read.fault.code === 'card.malformed' || read.fault.code === 'card.refused') ? ok(undefined) : read
}
