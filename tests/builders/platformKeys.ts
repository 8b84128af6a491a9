import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { answerToSign, type SignedAnswer } from '#shared/contract/answerSignature.ts'
import type { PlatformKey } from '#shared/contract/heads.ts'
import { platformJwsType, type OfficeFile } from '#shared/contract/officeFile.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import { thumbprintOf } from '#electron/worker/journal/platformText.ts'
import { readSeed } from '#electron/worker/core/readSeed.ts'
import { valueOf } from './register.ts'
import { resources } from './worker.ts'

/** A key of a platform that tests play. */
export interface TestKey {
  readonly key: PlatformKey
  readonly privateKey: KeyObject
  /** As on the operator's paper. */
  readonly fingerprint: string
}

const since = '2026-11-29T08:00:00.000Z'
const signed = (text: string, key: KeyObject): Buffer =>
  sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })

/** A new key. @param before vouches for it */
export function aPlatformKey(before?: TestKey): TestKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
  const publicKey = { kty: 'EC', crv: 'P-256', x, y } as const
  const plain = { kid: thumbprintOf({ publicKey }), publicKey, since }
  return {
    key: { ...plain, ...(before === undefined ? {} : { vouched: signText('key', plain, before) }) },
    privateKey: pair.privateKey,
    fingerprint: fingerprintOf(plain.kid),
  }
}

/** A compact JWS of a kind by this key. */
export function signText(kind: keyof typeof platformJwsType, payload: unknown, by: TestKey): string {
  const header = { alg: 'ES256', kid: by.key.kid, typ: platformJwsType[kind] }
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${text}.${signed(text, by.privateKey).toString('base64url')}`
}

/** The fields with which this key signs an answer. */
export function signAnswer(of: SignedAnswer, by: TestKey): Readonly<Record<string, string>> {
  const { base, fields } = answerToSign(of, by.key.kid, 1_800_000_000)
  return fields(signed(base, by.privateKey).toString('base64'))
}

const seed = valueOf(readSeed(resources))

/** The accounts of the demonstration, for an office file that has people at work. */
export const seedAccounts = seed.accounts

/** What an office file says; its accounts are those of the demonstration unless others are given. */
export function anOfficeFile(by: TestKey, over: Partial<OfficeFile> = {}): OfficeFile {
  const { enrolmentCode: _, ...office } = seed.office
  return {
    version: 1,
    madeAt: since,
    office,
    platform: { address: 'https://platform.example.org', keys: [by.key] },
    accounts: seed.accounts.filter(({ login }) => login === 'admin'),
    ...over,
  }
}

/** The bytes of an office file. */
export const officeBytes = (content: unknown, by: TestKey): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(signText('office', content, by))
