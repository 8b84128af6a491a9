import { createHash, randomBytes } from 'node:crypto'
import { fileAnswer, platformPaths, type Command } from '#shared/contract/platform.ts'
import { aCommand, sha256Of } from '#tests/builders/commands.ts'
import type { Kit, KitCounter } from './client.ts'
import { hold, holdOneOf } from './hold.ts'
import type { Rule } from './rule.ts'

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const state = async (kit: Kit, counter: KitCounter, sha256: string): Promise<string> =>
  fileAnswer.parse((await kit.ask('GET', platformPaths.file(sha256), { as: counter.device })).body).state

/** An act that names a file. */
function naming(counter: KitCounter, seq: number, sha256: string, size: number): Command {
  const { counterId: counterid } = counter.identity
  const data = { ...aCommand(seq, { counterid }).data, attachments: [{ sha256, mime: 'application/pdf', size }] }
  return aCommand(seq, { counterid, data, sha256: sha256Of(data) })
}

/** Begins an upload (tus 1.0, creation); answers where its bytes go, or the status when it was refused. */
async function begin(counter: KitCounter, sha256: string, size: number): Promise<string | number> {
  const metadata = `sha256 ${Buffer.from(sha256).toString('base64')}`
  const answer = await counter.device.fetch(platformPaths.uploads, {
    method: 'POST',
    headers: { 'tus-resumable': '1.0.0', 'upload-length': String(size), 'upload-metadata': metadata },
  })
  const location = answer.headers.get('location')
  return answer.status === 201 && location !== null
    ? new URL(location, `http://platform${platformPaths.uploads}`).pathname
    : answer.status
}
const more = async (
  counter: KitCounter,
  path: string,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<number> =>
  (
    await counter.device.fetch(path, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes,
    })
  ).status

export const fileRules: readonly Rule[] = [
  {
    id: 'file-states',
    says: 'a file is unknown until an act names it, pending until its bytes are there, stored when they have the hash; an upload that was broken off goes on',
    run: async (kit) => {
      const counter = await kit.counter()
      const bytes = new Uint8Array(randomBytes(90_000))
      const sha256 = hashOf(bytes)
      hold(await state(kit, counter, sha256), 'unknown', 'before the act')
      hold((await counter.take([naming(counter, 1, sha256, bytes.length)])).results[0]?.status, 'applied', 'the act')
      hold(await state(kit, counter, sha256), 'pending', 'before the bytes')
      const path = await begin(counter, sha256, bytes.length)
      hold(typeof path, 'string', 'an upload begins')
      if (typeof path !== 'string') return
      hold(await more(counter, path, 0, bytes.slice(0, 40_000)), 204, 'the first bytes')
      const head = await counter.device.fetch(path, { method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } })
      hold([head.status, head.headers.get('upload-offset')], [200, '40000'], 'how far it came')
      hold(await more(counter, path, 10, bytes.slice(10)), 409, 'another offset')
      hold(await state(kit, counter, sha256), 'pending', 'in the middle')
      hold(await more(counter, path, 40_000, bytes.slice(40_000)), 204, 'the other bytes')
      hold(await state(kit, counter, sha256), 'stored', 'afterwards')
    },
  },
  {
    id: 'file-altered',
    says: 'bytes of another hash are dropped and the file stays pending',
    run: async (kit) => {
      const counter = await kit.counter()
      const sha256 = hashOf(randomBytes(16))
      await counter.take([naming(counter, 1, sha256, 2_000)])
      const path = await begin(counter, sha256, 2_000)
      if (typeof path !== 'string') {
        hold(path, 201, 'an upload begins')
        return
      }
      holdOneOf(await more(counter, path, 0, new Uint8Array(randomBytes(2_000))), [400, 409, 422, 460], 'other bytes')
      hold(await state(kit, counter, sha256), 'pending', 'afterwards')
    },
  },
  {
    id: 'file-foreign',
    says: 'nobody sees or goes on with the files of another counter; what is no hash is refused',
    run: async (kit) => {
      const [counter, other] = [await kit.counter(), await kit.counter()]
      const bytes = new Uint8Array(randomBytes(500))
      const sha256 = hashOf(bytes)
      await counter.take([naming(counter, 1, sha256, bytes.length)])
      hold(await state(kit, other, sha256), 'unknown', 'for another counter')
      const path = await begin(counter, sha256, bytes.length)
      if (typeof path !== 'string') {
        hold(path, 201, 'an upload begins')
        return
      }
      holdOneOf(await more(other, path, 0, bytes), [401, 403, 404], 'another counter goes on')
      hold((await kit.ask('GET', platformPaths.file('noise'), { as: counter.device })).status, 400, 'no hash')
      holdOneOf((await kit.ask('GET', platformPaths.file(sha256))).status, [401, 403], 'without a token')
    },
  },
]
