import { createHash, createPublicKey, verify } from 'node:crypto'
import { contentDigest, readAnswerSignature, type SignedAnswer } from '#shared/contract/answerSignature.ts'
import type { PlatformKey } from '#shared/contract/heads.ts'
import type { Device } from './device.ts'

/** One question and its answer, as they went over the line. */
export interface Exchanged {
  readonly status: number
  readonly body: string
  /** What the signature of the answer has to cover. */
  readonly of: SignedAnswer
  readonly header: (name: string) => string | null | undefined
}

export interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  readonly type?: string
  /** Who proves that it asks; absent: nobody. */
  readonly as?: Device
  /** `Content-Digest` of the question: `true` is the one of its body. */
  readonly digest?: true | string
  readonly headers?: Readonly<Record<string, string>>
}

/** `Content-Digest` (RFC 9530) of a body. */
export const digestOf = (body: string | Uint8Array): string =>
  contentDigest(createHash('sha256').update(body).digest('base64'))

/** Asks once, whatever the answer. */
export async function exchange(
  url: string,
  { method = 'GET', path, body, type = 'application/json', as, digest, headers = {} }: Asked,
): Promise<Exchanged> {
  const proved = as === undefined ? {} : await as.headers(method, path)
  const asked = digest === true ? digestOf(body ?? '') : digest
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(asked === undefined ? {} : { 'content-digest': asked }),
      ...headers,
      ...proved,
    },
    ...(body === undefined ? {} : { body }),
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const { search } = new URL(url + path)
  return {
    status: response.status,
    body: new TextDecoder().decode(bytes),
    of: {
      status: response.status,
      digest: digestOf(bytes),
      query: search === '' ? '?' : search,
      dpop: proved['dpop'],
      asked,
    },
    header: (name) => response.headers.get(name),
  }
}

/** The key, of these, by which an answer is signed; nothing when it is none or does not cover all of it. */
export function signerOf(
  { of, header }: Pick<Exchanged, 'of' | 'header'>,
  keys: readonly PlatformKey[],
): PlatformKey | undefined {
  const read = readAnswerSignature(of, header('signature-input'), header('signature'))
  const key = keys.find((one) => one.kid === read?.kid)
  if (read === undefined || key === undefined || header('content-digest') !== of.digest) return undefined
  const publicKey = createPublicKey({ key: { ...key.publicKey }, format: 'jwk' })
  const holds = verify(
    'sha256',
    Buffer.from(read.base),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(read.signature, 'base64'),
  )
  return holds ? key : undefined
}
