import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSaneScanners } from '#drivers/scanner/sane.ts'
import { bindImages } from '#electron/press/scan/image.ts'
import { openPages } from '#electron/press/scan/pages.ts'
import type { Scanner } from '#shared/ports/scanner.ts'
import { valueOf } from '#tests/builders/register.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-sane-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/**
 * SANE with its `test` backend alone: a scanner in everything but the glass. `settings` are lines of its configuration.
 */
async function scannerWith(name: string, settings: Readonly<Record<string, string>> = {}): Promise<Scanner> {
  const config = await mkdtemp(join(folder, `${name}-`))
  await writeFile(join(config, 'dll.conf'), 'test\n')
  await copyFile('/etc/sane.d/test.conf', join(config, 'test.conf'))
  const shipped = await readFile(join(config, 'test.conf'), 'utf8')
  const changed = Object.entries(settings).reduce(
    (text, [key, value]) => text.replace(new RegExp(`^${key} .*$`, 'm'), `${key} ${value}`),
    shipped,
  )
  await writeFile(join(config, 'test.conf'), changed)
  return openSaneScanners({ env: { ...process.env, SANE_CONFIG_DIR: config } })
}

describe('a scanner of SANE', () => {
  it('is listed', async () => {
    const scanners = await scannerWith('list')
    expect(await scanners.list()).toEqual({
      ok: true,
      value: [
        { name: 'test:0', description: 'Noname frontend-tester' },
        { name: 'test:1', description: 'Noname frontend-tester' },
      ],
    })
  })

  it.each([undefined, 'test:1'])('gives a whole page at 200 dpi (%s)', async (scanner) => {
    const page = await (await scannerWith('page')).scan(scanner === undefined ? {} : { scanner })
    if (!page.ok) throw new Error(page.fault.detail)
    expect(page.value.mime).toBe('image/jpeg')
    // 80 by 100 mm, the test backend's glass.
    expect(jpegSize(page.value.bytes)).toEqual({ width: 629, height: 787 })
  })

  it.each([
    ['jammed', 'SANE_STATUS_JAMMED', /jammed/i],
    ['open', 'SANE_STATUS_COVER_OPEN', /cover/i],
    ['empty', 'SANE_STATUS_NO_DOCS', /out of documents/i],
    ['broken', 'SANE_STATUS_IO_ERROR', /I\/O/i],
  ])('that is %s says so', async (name, status, words) => {
    const page = await (await scannerWith(name, { 'read-status-code': `"${status}"` })).scan({})
    expect(page).toMatchObject({ ok: false, fault: { code: 'scanner.failed' } })
    if (!page.ok) expect(page.fault.detail).toMatch(words)
  })

  it('that is not there is told from one that fails', async () => {
    expect(await (await scannerWith('gone')).scan({ scanner: 'test:9' })).toMatchObject({
      fault: { code: 'scanner.none' },
    })
    const bare = await mkdtemp(join(folder, 'bare-'))
    await writeFile(join(bare, 'dll.conf'), '')
    expect(await openSaneScanners({ env: { ...process.env, SANE_CONFIG_DIR: bare } }).scan({})).toMatchObject({
      fault: { code: 'scanner.none' },
    })
  })

  it('whose backend crashes costs one fault', async () => {
    // The test backend of SANE 1.2 dies of a segmentation fault when it has no device.
    expect(await (await scannerWith('crash', { number_of_devices: '0' })).list()).toMatchObject({
      ok: false,
      fault: { code: 'scanner.failed' },
    })
  })

  it('stops when the page is no longer wanted, and scans again after', async () => {
    const slow = await scannerWith('slow', {
      'read-delay': 'true',
      'read-delay-duration': '200000',
      'read-limit': 'true',
      'read-limit-size': '64',
    })
    const controller = new AbortController()
    const page = slow.scan({ scanner: 'test:0', signal: controller.signal })
    setTimeout(() => {
      controller.abort()
    }, 300)
    expect(await page).toEqual({ ok: false, fault: { code: 'call.cancelled' } })
    expect(await (await scannerWith('after')).scan({ scanner: 'test:0' })).toMatchObject({ ok: true })
  })
})

describe('a stack in the feeder of a scanner', () => {
  const left = async (): Promise<readonly string[]> =>
    (await readdir('/dev/shm').catch(() => [])).filter((name) => name.startsWith('guichet-scan-'))

  it('comes page by page until the feeder is empty, whole and in its order, and leaves nothing behind', async () => {
    const told: number[] = []
    const stack = valueOf(await (await scannerWith('feeder')).scanStack({ onPage: (pages) => told.push(pages) }))
    // The test backend's feeder holds ten sheets.
    expect(stack.pages).toHaveLength(10)
    expect(stack.ended).toBeUndefined()
    expect(stack.pages.map(({ bytes }) => jpegSize(bytes))).toEqual(Array(10).fill({ width: 629, height: 787 }))
    expect(told.at(-1)).toBe(10)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect(await left()).toEqual([])
    const bound = valueOf(await bindImages(stack.pages.map(({ bytes }) => bytes)))
    const pages = valueOf(await openPages(bound))
    expect(pages.count).toBe(10)
    // 80 by 100 mm in points: the scanner's own resolution stands in its pages.
    expect(valueOf(await pages.size(10))).toMatchObject({
      width: expect.closeTo(226.44, 1),
      height: expect.closeTo(283.32, 1),
    })
    pages.close()
  })

  it.each([
    ['empty', 'SANE_STATUS_NO_DOCS', 'scanner.empty'],
    ['jammed', 'SANE_STATUS_JAMMED', 'scanner.failed'],
  ])('that is %s at once gives a fault', async (name, status, code) => {
    const scanner = await scannerWith(`feeder-${name}`, { 'read-status-code': `"${status}"` })
    expect(await scanner.scanStack({})).toMatchObject({ ok: false, fault: { code } })
  })

  it('stops when it is no longer wanted, and leaves nothing behind', async () => {
    const slow = await scannerWith('feeder-slow', {
      'read-delay': 'true',
      'read-delay-duration': '200000',
      'read-limit': 'true',
      'read-limit-size': '64',
    })
    const controller = new AbortController()
    const stack = slow.scanStack({ scanner: 'test:0', signal: controller.signal })
    setTimeout(() => {
      controller.abort()
    }, 300)
    expect(await stack).toEqual({ ok: false, fault: { code: 'call.cancelled' } })
    expect(await left()).toEqual([])
  })
})

/** Width and height from the frame header (ISO/IEC 10918-1, B.2.2). */
function jpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = Buffer.from(bytes)
  for (let at = 2; at + 9 < view.length; at += 2 + view.readUInt16BE(at + 2)) {
    if (view[at + 1] === 0xc0) return { height: view.readUInt16BE(at + 5), width: view.readUInt16BE(at + 7) }
  }
  return undefined
}
