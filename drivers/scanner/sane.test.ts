import { describe, expect, it } from 'vitest'
import { runBounded } from './run.ts'
import { openSaneScanners, parseList } from './sane.ts'

describe('the list of scanners', () => {
  it('is one a line, and whatever else is said is left out', () => {
    expect(parseList('epson2:libusb:001:004\tEpson GT-1500\nnoise\n\ntest:0\t \n')).toEqual([
      { name: 'epson2:libusb:001:004', description: 'Epson GT-1500' },
      { name: 'test:0', description: 'test:0' },
    ])
  })

  it('is a fault in words where SANE is not installed', async () => {
    const scanners = openSaneScanners({ env: { PATH: '/nowhere' } })
    expect(await scanners.list()).toEqual({
      ok: false,
      fault: { code: 'scanner.none', detail: 'scanimage is not installed' },
    })
    expect(await scanners.scan({ scanner: 'test:0' })).toMatchObject({ fault: { code: 'scanner.none' } })
  })
})

describe('a bounded program', () => {
  const run = (script: string, limits: { ms?: number; bytes?: number; signal?: AbortSignal } = {}) =>
    runBounded(process.execPath, ['-e', script], { ms: 20_000, bytes: 100_000, ...limits }, process.env)

  it('gives its bytes, its code and its words', async () => {
    const ended = await run(
      'process.stdout.write(Buffer.from([0, 255])); process.stderr.write("words"); process.exitCode = 3',
    )
    expect(ended).toEqual({ kind: 'exit', code: 3, out: Buffer.from([0, 255]), err: 'words' })
  })

  it('is stopped when it says too much, takes too long, or is no longer wanted', async () => {
    expect(await run('setInterval(() => process.stdout.write("x".repeat(60000)), 1)')).toEqual({ kind: 'tooLong' })
    expect(await run('setInterval(() => 0, 1000)', { ms: 300 })).toEqual({ kind: 'timeout' })
    const controller = new AbortController()
    const running = run('setInterval(() => 0, 1000)', { signal: controller.signal })
    controller.abort()
    expect(await running).toEqual({ kind: 'cancelled' })
    expect(await run('', { signal: controller.signal })).toEqual({ kind: 'cancelled' })
  })
})
