import { createHash } from 'node:crypto'
import { changesAnswer } from '#shared/contract/platform.ts'
import { readOfficeFile } from '#electron/worker/core/officeFile.ts'
import { followKeys, readPlatformText } from '#electron/worker/journal/platformText.ts'
import { digestOf, whoAnswered } from '#electron/worker/outbox/believeAnswer.ts'
import { contentDigest } from '#shared/contract/answerSignature.ts'
import { anOfficeFile, aPlatformKey, officeBytes, signAnswer, signText } from '#tests/builders/platformKeys.ts'
import type { Draw } from '../draw.ts'
import { mutateBytes, mutateText } from '../mutate.ts'
import { must, type Target } from '../target.ts'

const ours = aPlatformKey()
const next = aPlatformKey(ours)
const foreign = aPlatformKey()
const url = 'https://platform.example.org/v1/changes?after=p1'
const page = Buffer.from(
  JSON.stringify({ changes: [{ kind: 'account', key: 'a', deleted: true }], cursor: 'p2', more: false }),
)
const headers = { dpop: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln', 'content-digest': digestOf('[]') }
const digest = contentDigest(createHash('sha256').update(page).digest('base64'))
const covered = { status: 200, digest, query: '?after=p1', dpop: headers.dpop, asked: headers['content-digest'] }
const genuine = signAnswer(covered, ours)
const text = signText('answers', { cursor: 'p2', changes: [], more: false }, ours)
const office = officeBytes(anOfficeFile(ours), ours)

/** A page of the feed whose body, fields, question or status somebody changed; the untouched one is believed. */
const answered = (draw: Draw): boolean => {
  const fields: Record<string, string> = { ...genuine }
  const asked: Record<string, string> = { ...headers }
  let [bytes, status, address] = [new Uint8Array(page), 200, url]
  let changed = true
  switch (draw.below(8)) {
    case 0:
      bytes = new Uint8Array(mutateBytes(draw, page))
      changed = !Buffer.from(bytes).equals(page)
      break
    case 1:
      for (const name of ['signature', 'signature-input']) fields[name] = mutateText(draw, fields[name] ?? '')
      changed = fields['signature'] !== genuine['signature'] || fields['signature-input'] !== genuine['signature-input']
      break
    case 2:
      fields['signature'] = mutateText(draw, fields['signature'] ?? '')
      changed = fields['signature'] !== genuine['signature']
      break
    case 3:
      status = draw.pick([201, 204, 301, 400, 401, 409])
      break
    case 4:
      address = `https://platform.example.org/v1/changes${draw.pick(['', '?after=p0', '?after=p1&x', '?AFTER=p1'])}`
      break
    case 5:
      asked['dpop'] = mutateText(draw, headers.dpop)
      changed = asked['dpop'] !== headers.dpop
      break
    case 6:
      Object.assign(fields, signAnswer(covered, foreign))
      break
    default:
      changed = false
  }
  const by = whoAnswered(
    [ours.key],
    { url: address, headers: asked },
    {
      status,
      bytes,
      header: (name) => fields[name],
    },
  )
  must(!changed || by !== 'ours', 'a changed answer is believed')
  must(changed || by === 'ours', 'a genuine answer is refused')
  return by === 'ours'
}

/** Texts that were signed: answers by hand, keys, office files. */
const signedText = (draw: Draw): boolean => {
  if (draw.chance(0.3)) {
    const bytes = draw.chance(0.1) ? office : mutateBytes(draw, office)
    const read = readOfficeFile(new Uint8Array(bytes), ours.fingerprint)
    must(!read.ok || sameText(wordsOf(bytes), wordsOf(office)), 'a changed office file is taken')
    return read.ok
  }
  if (draw.chance(0.3)) {
    const vouched = draw.chance(0.1) ? (next.key.vouched ?? '') : mutateText(draw, next.key.vouched ?? '')
    const followed = followKeys([ours.key], [{ ...next.key, vouched }, ours.key])
    must(
      followed === undefined || sameText(vouched, next.key.vouched ?? ''),
      'a key that nobody vouched for is followed',
    )
    return followed !== undefined
  }
  const shown = draw.chance(0.1) ? text : mutateText(draw, text)
  const read = readPlatformText(shown, 'answers', changesAnswer, [ours.key])
  must(read === undefined || read === 'foreign' || sameText(shown, text), 'a changed text is read')
  return read !== undefined && read !== 'foreign'
}

const wordsOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).trim()
/** The last letter of base64url has bits that mean nothing: the same bytes are the same text. */
const sameText = (one: string, other: string): boolean =>
  one.split('.').length === 3 &&
  one
    .split('.')
    .every((part, at) =>
      at === 2
        ? Buffer.from(part, 'base64url').equals(Buffer.from(other.split('.')[at] ?? '', 'base64url'))
        : part === other.split('.')[at],
    )

/** What the platform signs: its answers over the line, its keys, its answers by hand, its office files. */
export const platformSignatures: Target = {
  about:
    'signed pages of the feed, keys, answers by hand and office files, changed anywhere: only the untouched ones are believed',
  open: () => ({ one: (draw) => (draw.chance(0.5) ? answered(draw) : signedText(draw)) }),
  grow: (size) => {
    const long = `${text.slice(0, -1)}${'A'.repeat(size)}`
    return () => readPlatformText(long, 'answers', changesAnswer, [ours.key])
  },
}
