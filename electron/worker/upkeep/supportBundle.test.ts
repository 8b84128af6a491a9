import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unpackTar } from '../outbox/carrier/tar.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { depositFor, marks, marksIn } from '#tests/builders/markedCitizen.ts'
import { devicesWith, paperTrail, startWorker } from '#tests/builders/worker.ts'
import { supportBundle } from './supportBundle.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const versions = { app: '1.2.3', electron: '45', standIn: false }
const filesOf = (bundle: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...(unpackTar(gunzipSync(bundle)) ?? [])].map(([name, bytes]) => [name, Buffer.from(bytes).toString('utf8')]),
  )

test('logs, versions, settings by name and reports are in it; what is quoted, an address or a long figure is not', () => {
  mkdirSync(join(folder.path, 'logs'))
  writeFileSync(join(folder.path, 'logs/guichet.log'), `worker: Error at "${marks.familyName}" 1234567 a@b.example\n`)
  writeFileSync(join(folder.path, 'logs/other.txt'), 'not of the program')
  const files = filesOf(
    supportBundle({
      dataDir: folder.path,
      versions,
      settings: { training: true, proxy: 'set' },
      reports: { doctor: [{ part: 'log', found: '/home/specimen/.config/Guichet/logs/guichet.log' }] },
    }),
  )
  expect(Object.keys(files).sort()).toEqual(['doctor.json', 'logs/guichet.log', 'settings.json', 'versions.json'])
  expect(files['logs/guichet.log']).toBe('worker: Error at "*" * *\n')
  expect(files['doctor.json']).not.toContain('specimen')
  expect(JSON.parse(files['settings.json'] ?? '')).toEqual({ training: true, proxy: 'set' })
  expect(JSON.parse(files['versions.json'] ?? '')).toMatchObject(versions)
})

test('the bundle of a register full of a marked person holds no mark of him', { timeout: 60_000 }, async () => {
  const worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
  valueOf(await worker.ask('session.signIn', { login: 'agent', password: 'guichet-demo' }))
  await depositFor(worker)
  valueOf(await worker.ask('session.signOut', {}))
  expect(await worker.ask('device.support', {})).toMatchObject({ fault: { code: 'session.none' } })
  valueOf(await worker.ask('session.signIn', { login: 'admin', password: 'guichet-demo' }))
  const { name } = valueOf(await worker.ask('device.support', {}))
  const bundle = readFileSync(join(folder.path, name))
  await worker.close()
  const files = filesOf(bundle)
  expect(JSON.parse(files['register.json'] ?? '')).toMatchObject({ outbox: { pending: 1 } })
  expect(marksIn(Object.values(files).join('\n'))).toEqual([])
  expect(statSync(join(folder.path, name)).mode & 0o077).toBe(0)
})
