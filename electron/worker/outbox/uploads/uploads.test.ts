import { beforeEach, describe, expect, test } from 'vitest'
import { faultOf, type Fault } from '#shared/fault.ts'
import type { Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PendingUploads, WaitingFile } from '../ports.ts'
import { createUploads, type Uploads } from './uploads.ts'

const hash = (n: number): Sha256 => String(n).padStart(64, '0') as Sha256

/** Files on a pendingUploads in memory, and a platform that refuses some of them. */
let now: number
let files: (WaitingFile & { stored?: boolean; fault?: Fault; notBefore?: number; tries: number })[]
let refuses: Map<Sha256, Fault>
let unreadable: Set<Sha256>
let link: Fault | undefined
let sent: number[]
let uploads: Uploads
let controller: AbortController

const pendingUploads: PendingUploads = {
  waiting: (limit, due) =>
    files.filter((one) => !one.stored && (due === undefined || (one.notBefore ?? 0) <= due.getTime())).slice(0, limit),
  count: () => files.filter((one) => !one.stored).length,
  bytes: (sha256) => (unreadable.has(sha256) ? err(faultOf('file.damaged')) : ok(Buffer.from(sha256))),
  saveUrl: () => undefined,
  refused: (sha256, fault, notBefore) => {
    files = files.map((one) =>
      one.sha256 === sha256 ? { ...one, fault, notBefore: notBefore.getTime(), tries: one.tries + 1 } : one,
    )
  },
  stored: (named) => {
    files = files.map((one) => (named.includes(one.sha256) ? { ...one, stored: true } : one))
    return named.length
  },
}
const arrived = new Set<Sha256>()
const upload = async (file: WaitingFile): Promise<Result<void>> => {
  if (link !== undefined) return err(link)
  sent.push(Number(file.sha256))
  const refusal = refuses.get(file.sha256)
  if (refusal !== undefined) return err(refusal)
  arrived.add(file.sha256)
  return ok(undefined)
}
beforeEach(() => {
  now = 0
  files = Array.from({ length: 5 }, (_, n) => ({ sha256: hash(n), mime: 'application/pdf', size: 1, tries: 0 }))
  refuses = new Map()
  unreadable = new Set()
  link = undefined
  sent = []
  arrived.clear()
  controller = new AbortController()
  uploads = createUploads({
    pendingUploads,
    uploader: { upload },
    state: async (sha256) => (link === undefined ? ok(arrived.has(sha256) ? 'stored' : 'unknown') : err(link)),
    clock: { now: () => new Date(now), monotonic: () => now },
    signal: controller.signal,
    onChange: () => undefined,
  })
})
const waiting = (): number[] => pendingUploads.waiting(1000).map((one) => Number(one.sha256))

describe('a file that is refused', () => {
  test.each([413, 415, 422, 500])('with %i stops none of those after it, and keeps why', async (status) => {
    const fault = faultOf('platform.failed', String(status), { status })
    refuses.set(hash(1), fault)
    expect(await uploads.run()).toEqual(fault)
    expect(waiting()).toEqual([1])
    expect(files[1]).toMatchObject({ fault, tries: 1, notBefore: 60_000 })
  })

  test('is tried again later and later, and at once when everything is asked', async () => {
    refuses.set(hash(1), faultOf('platform.failed', '413'))
    const at: number[] = []
    for (now = 0; now < 20 * 60_000; now += 30_000) {
      const before = sent.length
      await uploads.run()
      if (sent.slice(before).includes(1)) at.push(now / 60_000)
    }
    expect(at).toEqual([0, 1, 3, 7, 15])
    refuses.clear()
    expect(await uploads.run()).toBeUndefined()
    expect(waiting()).toEqual([1])
    expect(await uploads.run('everything')).toBeUndefined()
    expect(waiting()).toEqual([])
  })

  test('here, because its bytes are damaged, is kept with why and not sent', async () => {
    unreadable.add(hash(0))
    expect(await uploads.run()).toMatchObject({ code: 'file.damaged' })
    expect([waiting(), sent.includes(0)]).toEqual([[0], false])
  })

  test('as all are, ends the run after a while, and the next run goes on with others', async () => {
    files = Array.from({ length: 50 }, (_, n) => ({ sha256: hash(n), mime: 'application/pdf', size: 1, tries: 0 }))
    for (const { sha256 } of files) refuses.set(sha256, faultOf('platform.failed', '500'))
    await uploads.run()
    expect(sent).toHaveLength(20)
    await uploads.run()
    expect(sent).toHaveLength(40)
    expect(new Set(sent).size).toBe(40)
  })
})

test.each(['platform.unreachable', 'platform.timeout', 'platform.busy', 'platform.unauthorised'] as const)(
  'a link that fails (%s) ends the run, and no file is blamed for it',
  async (code) => {
    link = faultOf(code)
    expect(await uploads.run()).toMatchObject({ code })
    expect(files.every((one) => one.fault === undefined)).toBe(true)
    link = undefined
    expect(await uploads.run()).toBeUndefined()
    expect(waiting()).toEqual([])
  },
)

test('a run that is asked for during another is that one, and one after the end does nothing', async () => {
  const [one, other] = [uploads.run(), uploads.run()]
  expect(one).toBe(other)
  await one
  expect(sent).toEqual([0, 1, 2, 3, 4])
  controller.abort()
  expect(await uploads.run()).toBeUndefined()
  expect(sent).toHaveLength(5)
})
