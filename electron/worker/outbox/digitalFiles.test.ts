import { createHash } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { filePart } from '#shared/contract/platform.ts'
import { digitalItem, type DigitalItem } from '#shared/domain/mail/digitalItem.ts'
import { faultOf, type Fault } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { createDigitalFiles, type DigitalFiles } from './digitalFiles.ts'
import type { WantedFiles } from './ports.ts'

/** Files as the platform has them, by hash, and what came of them. */
let there: Map<string, Uint8Array>
let items: DigitalItem[]
let tried: Map<string, number>
let kept: Map<string, Uint8Array>
let outcome: string[]
let link: Fault | undefined
let asked: number
let now: number
let files: DigitalFiles

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (size: number, fill: number): Uint8Array => new Uint8Array(size).fill(fill)
const anItem = (n: number, ...all: readonly { sha256: string; size: number }[]): DigitalItem =>
  digitalItem.parse({
    id: `01a20000-0000-7000-8000-00000000000${String(n)}`,
    office: 'RAB03',
    number: `BOD-${String(n)}`,
    on: '2026-11-20',
    sender: { name: 'A' },
    subject: 'b',
    files: all.map((one) => ({ ...one, name: 'a.pdf' })),
  })
const wantedFiles: WantedFiles = {
  items: (notSince) => items.filter(({ number }) => (tried.get(number) ?? -Infinity) < notSince.getTime()),
  has: (sha256) => kept.has(sha256),
  keep: ({ sha256 }, bytes) => {
    if (hashOf(bytes) !== sha256) return err(faultOf('file.swapped'))
    kept.set(sha256, bytes)
    return ok(undefined)
  },
  ready: ({ number }) => {
    outcome.push(`${number} ready`)
    items = items.filter((one) => one.number !== number)
  },
  stopped: ({ number }, { code }) => {
    outcome.push(`${number} ${code}`)
    tried.set(number, now)
  },
}
beforeEach(() => {
  ;[there, tried, kept] = [new Map(), new Map(), new Map()]
  ;[items, outcome, link, asked, now] = [[], [], undefined, 0, 10_000_000]
  files = createDigitalFiles({
    wantedFiles,
    part: async (_, sha256, from) => {
      asked += 1
      if (link !== undefined) return err(link)
      const bytes = there.get(sha256)
      return bytes === undefined ? err(faultOf('platform.failed')) : ok(bytes.subarray(from, from + filePart))
    },
    clock: { now: () => new Date(now), monotonic: () => now },
    signal: new AbortController().signal,
    onChange: () => undefined,
  })
})

test('a file comes in parts and is whole; the same one is not asked for twice; an item without files is ready at once', async () => {
  const bytes = bytesOf(2 * filePart + 7, 3)
  const file = { sha256: hashOf(bytes), size: bytes.byteLength }
  there.set(file.sha256, bytes)
  items = [anItem(1, file), anItem(2, file), anItem(3)]
  expect(await files.run()).toBeUndefined()
  expect(outcome).toEqual(['BOD-1 ready', 'BOD-2 ready', 'BOD-3 ready'])
  expect([asked, kept.get(file.sha256)?.byteLength]).toEqual([3, file.size])
})

test('another hash, another size and a file that is not there stop their item only, and are tried again after an hour', async () => {
  const [right, wrong] = [bytesOf(10, 1), bytesOf(10, 2)]
  const sha256 = hashOf(right)
  there.set(sha256, wrong)
  there.set('a'.repeat(64), bytesOf(11, 1))
  items = [
    anItem(1, { sha256, size: 10 }),
    anItem(2, { sha256: 'a'.repeat(64), size: 10 }),
    anItem(3, { sha256: 'b'.repeat(64), size: 10 }),
    anItem(4),
  ]
  expect(await files.run()).toBeUndefined()
  expect(outcome).toEqual(['BOD-1 file.swapped', 'BOD-2 file.swapped', 'BOD-3 platform.failed', 'BOD-4 ready'])
  expect(kept.size).toBe(0)
  there.set(sha256, right)
  await files.run()
  expect(outcome).toHaveLength(4)
  now += 60 * 60_000 + 1
  await files.run()
  expect(outcome).toContain('BOD-1 ready')
})

test('a link that fails ends the run without a word against the item', async () => {
  items = [anItem(1, { sha256: 'a'.repeat(64), size: 10 }), anItem(2)]
  link = faultOf('platform.unreachable')
  expect(await files.run()).toEqual(link)
  expect([outcome, asked]).toEqual([[], 1])
})
