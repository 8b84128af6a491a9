import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPcscCards } from '#drivers/card/pcsc/openPcscCards.ts'
import { loadPlugins } from '#drivers/card/profiles/nationalPlugin/pluginList.ts'
import { withFaults, type CardFaults } from '#drivers/fake/faultyCard.ts'
import { createSpecimenCard } from '#drivers/fake/nationalPlugin/specimenCard.ts'
import type { CardReading } from '#shared/contract/cardEvents.ts'
import type { Fault } from '#shared/fault.ts'
import { pluginEntry, pluginLimits, type PluginEntry } from '#shared/ports/nationalCard.ts'
import type { CardSource } from '#shared/ports/cardSource.ts'
import { fill } from '#shared/text/fill.ts'
import { at, ending, watchCards, type CardWatch } from '#tests/builders/cardEvents.ts'
import { cardDay } from '#tests/builders/cards.ts'
import { plugCard } from '#tests/emulators/card/vpcd.ts'
import { openPcscd, type Pcscd } from '#tests/emulators/pcscd.ts'

const sample = join(import.meta.dirname, '..', '..', 'drivers', 'fake', 'nationalPlugin', 'sample.mjs')
let pcscd: Pcscd
let folder: string
let plugins: readonly PluginEntry[] = []
let cards: CardSource
let watch: CardWatch

beforeAll(async () => {
  pcscd = await openPcscd()
  // The plug-ins are started by their first line: the node of the project comes first.
  Object.assign(process.env, pcscd.env, { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` })
  folder = await mkdtemp(join(tmpdir(), 'plugins-'))
  cards = openPcscCards({
    trust: { roots: [], pins: new Set() },
    clock: { now: () => cardDay, monotonic: () => performance.now() },
    plugins: () => Promise.resolve(plugins),
  })
  watch = watchCards(cards)
  await watch.next(at('empty', pcscd.readers[1]))
})
afterAll(async () => {
  await cards.close()
  await pcscd.close()
  await rm(folder, { recursive: true })
})

/** Installs a program under a fresh name, pinned to what it is now. */
async function install(
  source: string | { readonly code: string },
  more: Partial<PluginEntry> = {},
): Promise<PluginEntry> {
  const file = join(folder, `plugin-${String(Math.random()).slice(2)}.mjs`)
  if (typeof source === 'string') await copyFile(source, file)
  else await writeFile(file, `#!/usr/bin/env node\n${source.code}\n`)
  await chmod(file, 0o755)
  const entry = pluginEntry.parse({
    name: 'sample',
    file,
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
    ...more,
  })
  plugins = [entry]
  return entry
}

async function present(faults: CardFaults = {}): Promise<CardReading | Fault> {
  const [reader] = pcscd.readers
  const [asked, gone] = [watch.next(ending(reader)), watch.next(at('removed', reader))]
  const card = await plugCard(withFaults(createSpecimenCard(), faults), pcscd.ports[0])
  const end = await asked
  await card.pull()
  await gone
  return end.state === 'done' ? end.reading : end.fault
}

const hello = `console.log(JSON.stringify({ type: 'hello', protocol: 1, name: 'sample', version: '1' }))`

describe('a card that only a program of the country reads', () => {
  it('is read by it, and marked as its word', async () => {
    await install(sample)
    expect(await present()).toMatchObject({
      profile: 'plugin:sample',
      identity: { familyName: 'SPECIMEN ALAOUI', nativeName: 'العلوي كريم', nationalNumber: 'ZZ000777' },
      checks: { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
      declared: { by: 'sample', verdict: 'authentic' },
    })
    await install(sample, { atrs: ['3b67'] })
    expect(await present()).toMatchObject({ profile: 'plugin:sample', exchange: { apdus: 2 } })
    await install(sample, { atrs: ['3b68'] })
    expect(await present()).toMatchObject({ code: 'card.unsupported' })
  })

  it('is refused in words when the program was changed after it was examined', async () => {
    const entry = await install(sample)
    await writeFile(entry.file, `${await readFile(entry.file, 'utf8')}\n`)
    const fault = await present()
    expect(fault).toEqual({ code: 'card.pluginRefused', detail: 'sample', values: { plugin: 'sample' } })
    if (!('code' in fault)) return
    for (const language of ['fr', 'ar', 'en'] as const) {
      const file = await readFile(join(import.meta.dirname, `../../renderer/core/faults/${language}.json`), 'utf8')
      const sentences = JSON.parse(file) as Record<string, Record<string, string>>
      const said = Object.values(sentences[fault.code] ?? {}).map((part) => fill(part, fault.values ?? {}))
      expect(said.join(' ')).toContain('sample')
    }
  })

  it('is refused when anybody may change the program, and when there is none', async () => {
    const entry = await install(sample)
    await chmod(entry.file, 0o777)
    expect(await present()).toMatchObject({ code: 'card.pluginRefused' })
    plugins = [{ ...entry, file: join(folder, 'nowhere') }]
    expect(await present()).toMatchObject({ code: 'card.pluginRefused' })
    plugins = [{ ...entry, file: 'sample.mjs' }]
    expect(await present()).toMatchObject({ code: 'card.pluginRefused' })
  })

  it('taken away while it is read', async () => {
    await install(sample)
    expect(await present({ removedAt: 6 })).toMatchObject({ code: 'card.removed' })
  })
})

describe('a program that thinks', () => {
  it('is ended when its card is taken away, not when its time is over', async () => {
    await install({ code: `${hello}; setInterval(() => {}, 1000)` })
    const [reader] = pcscd.readers
    const gone = watch.next(at('removed', reader))
    const card = await plugCard(withFaults(createSpecimenCard(), {}), pcscd.ports[0])
    await watch.next(at('reading', reader))
    const asked = cards.read({ reader })
    await card.pull()
    await gone
    // A program that is silent until its limit would be card.pluginFailed.
    expect(await asked).toMatchObject({ ok: false, fault: { code: 'card.removed' } })
  })

  it.runIf(process.platform === 'linux')('takes no more memory than it may', async () => {
    await install({ code: `${hello}; const held = []; setInterval(() => held.push(Buffer.alloc(64 << 20, 1)), 5)` })
    expect(await present()).toMatchObject({ code: 'card.pluginFailed' })
    const bound = `require('node:fs').readFileSync('/proc/self/limits', 'utf8').match(/data size +([0-9]+)/)[1]`
    await install({
      code: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${hello}; process.stdin.once('data', () => console.log(JSON.stringify({ type: 'identity', declared: 'unknown', identity: { familyName: ${bound}, givenNames: '-' } })))`,
    })
    expect(await present()).toMatchObject({ identity: { familyName: String(pluginLimits.memoryKb * 1024) } })
  })
})

describe('a program that misbehaves is stopped, and the next card is read', () => {
  it.each([
    ['ends at once', ''],
    ['says what is no message', `console.log('hello')`],
    ['says something else first', `console.log(JSON.stringify({ type: 'notMine' }))`],
    [
      'says a member too many',
      `${hello}; process.stdin.once('data', () => console.log(JSON.stringify({ type: 'notMine', more: 1 })))`,
    ],
    [
      'says a line without an end',
      `${hello}; process.stdin.once('data', () => { const flood = () => { process.stdout.write('x'.repeat(65536)); setImmediate(flood) }; flood() })`,
    ],
    [
      'talks without waiting',
      `${hello}; process.stdin.once('data', () => { for (let i = 0; i < 100; i += 1) console.log(JSON.stringify({ type: 'transmit', id: i, command: '00A40000' })) })`,
    ],
    [
      'asks the card for ever',
      `${hello}; process.stdin.on('data', () => console.log(JSON.stringify({ type: 'transmit', id: 1, command: '00B0000000' })))`,
    ],
  ])('%s', async (_, code) => {
    await install({ code })
    expect(await present()).toMatchObject({ code: 'card.pluginFailed', values: { plugin: 'sample' } })
    await install(sample)
    expect(await present()).toMatchObject({ profile: 'plugin:sample' })
  })

  it('says nothing any more', async () => {
    const { file } = await install({ code: `${hello}; process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)` })
    expect(await present()).toMatchObject({ code: 'card.pluginFailed' })
    const running = await readFile(`/proc/self/task/${String(process.pid)}/children`, 'utf8').catch(() => '')
    for (const child of running
      .trim()
      .split(' ')
      .filter((one) => one !== '')) {
      expect(await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).not.toContain(file)
    }
  }, 30_000)

  it('gets nothing of this process: no environment, no folder', async () => {
    process.env['GUICHET_PASSPHRASE'] = 'secret of the register'
    await install({
      code: `${hello}; process.stdin.once('data', () => console.log(JSON.stringify({ type: 'identity', declared: 'unknown', identity: { familyName: Object.keys(process.env).filter((key) => key.startsWith('GUICHET')).join() || 'NONE', givenNames: process.cwd() === ${JSON.stringify(process.cwd())} ? 'OURS' : 'ITS OWN' } })))`,
    })
    expect(await present()).toMatchObject({
      identity: { familyName: 'NONE', givenNames: 'ITS OWN' },
      declared: { verdict: 'unknown' },
    })
    delete process.env['GUICHET_PASSPHRASE']
  })
})

describe('the list of programs', () => {
  it('is read as it was written by an administrator, or not at all', async () => {
    const file = join(folder, 'plugins.json')
    const entry = await install(sample)
    await writeFile(file, JSON.stringify({ plugins: [{ name: entry.name, file: entry.file, sha256: entry.sha256 }] }))
    expect(await loadPlugins(file)).toEqual({ ok: true, value: [entry] })
    for (const bad of [
      '',
      '{}',
      '{"plugins":[{"name":"x"}]}',
      JSON.stringify({ plugins: [{ ...entry, sha256: 'none' }] }),
    ]) {
      await writeFile(file, bad)
      expect(await loadPlugins(file)).toMatchObject({ ok: false, fault: { code: 'file.unreadable' } })
    }
  })
})
