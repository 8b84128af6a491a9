import { createHash } from 'node:crypto'
import { contentDigest, readAnswerSignature } from '#shared/contract/answerSignature.ts'
import type { PlatformKey } from '#shared/contract/heads.ts'
import { isSignedBy } from '../journal/platformText.ts'

/** `Content-Digest` of a body as it is sent (RFC 9530). */
export const digestOf = (body: string | Uint8Array): string =>
  contentDigest(createHash('sha256').update(body).digest('base64'))

/** What was asked, as far as its answer is bound to it. */
export interface AskedQuestion {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}
/** What came back; the bytes of the body as they came. */
export interface HeardAnswer {
  readonly status: number
  readonly bytes: Uint8Array
  readonly header: (name: string) => string | null | undefined
}

/**
 * Whether an answer is the platform's to this very question.
 * @returns `ours`: signed by the newest of these keys; `otherKey`: it says that another key signed it; `unsigned`:
 *   nothing that holds
 */
export function whoAnswered(
  keys: readonly PlatformKey[],
  { url, headers }: AskedQuestion,
  { status, bytes, header }: HeardAnswer,
): 'ours' | 'otherKey' | 'unsigned' {
  const read = readAnswerSignature(
    {
      status,
      digest: digestOf(bytes),
      query: new URL(url).search || '?',
      dpop: headers['dpop'],
      asked: headers['content-digest'],
    },
    header('signature-input'),
    header('signature'),
  )
  if (read === undefined) return 'unsigned'
  const [newest] = keys
  if (newest?.kid !== read.kid) return 'otherKey'
  return isSignedBy(newest, read.base, Buffer.from(read.signature, 'base64')) ? 'ours' : 'unsigned'
}
