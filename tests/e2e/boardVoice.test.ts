import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, copyFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '#scripts/runtime.ts'
import { textsOf } from '#scripts/recordings/recordings.ts'
import { launchGuichet, type Guichet } from './harness.ts'

let dataDir: string
let guichet: Guichet
let board: Page

/** What the page started to play: when by the clock of its loudspeaker, and for how long, in seconds. */
interface Played {
  readonly at: number
  readonly seconds: number
}
type Heard = typeof globalThis & { played?: Played[] }

const command = async (...words: string[]): Promise<Record<string, unknown>> => {
  const cli = join(root, 'electron', 'cli', 'guichet.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...words, '--data', dataDir, '--json'])
  return JSON.parse(stdout) as Record<string, unknown>
}
const voice = (): Promise<{ languages: { language: 'fr' | 'ar'; files: string[] }[] }> =>
  board.evaluate(async () => (await (await fetch('./recordings.json')).json()) as Awaited<ReturnType<typeof voice>>)
const played = (): Promise<readonly Played[]> => board.evaluate(() => (globalThis as Heard).played ?? [])

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'guichet-voice-'))
  // The office recorded Arabic, but only three of it; French is the voice of the build.
  const own = join(dataDir, 'recordings/ar')
  mkdirSync(own, { recursive: true })
  for (const name of ['number', 'a', '1'])
    copyFileSync(join(root, `out/renderer/recordings/ar/${name}.wav`), join(own, `${name}.wav`))
  guichet = await launchGuichet({
    dataDir,
    args: ['--window=board'],
    env: { GUICHET_DEMO: '1', GUICHET_TRAINING: '1', GUICHET_RECORDINGS: join(dataDir, 'recordings') },
  })
  board = await vi.waitUntil(() => guichet.app.windows().find((page) => page.url().endsWith('/board.html')), 30_000)
  await board.getByTestId('board-quiet').waitFor()
  await board.evaluate(() => {
    const heard: Played[] = ((globalThis as Heard).played = [])
    const start = Reflect.get(AudioBufferSourceNode.prototype, 'start')
    AudioBufferSourceNode.prototype.start = function (at = 0) {
      heard.push({ at, seconds: this.buffer?.duration ?? 0 })
      start.call(this, at)
    }
  })
  // Until its socket is there, the command ends with a fault.
  await vi.waitUntil(
    async () => (await command('hall', 'status').catch(() => ({ role: '' })))['role'] === 'serving',
    30_000,
  )
})
afterAll(async () => {
  await guichet.close().catch(() => undefined)
  rmSync(dataDir, { recursive: true, force: true })
})

test('every recording of the build is heard in the page, and the list names what is there', async () => {
  const [arabic, french] = (await voice()).languages
  expect(arabic).toEqual({ language: 'ar', files: ['1.wav', 'a.wav', 'number.wav'] })
  expect(french?.files).toEqual(
    Object.keys(textsOf(root, 'fr'))
      .map((name) => `${name}.wav`)
      .sort(),
  )
  const quiet = await board.evaluate(async (files) => {
    const silent: string[] = []
    for (const file of files) {
      const bytes = await (await fetch(`./recordings/fr/${file}`)).arrayBuffer()
      const buffer = await new OfflineAudioContext(1, 1, 22_050).decodeAudioData(bytes)
      const loudest = buffer.getChannelData(0).reduce((most, one) => Math.max(most, Math.abs(one)), 0)
      if (buffer.duration < 0.1 || loudest < 0.05) silent.push(file)
    }
    return silent
  }, french?.files ?? [])
  expect(quiet).toEqual([])
})

test('three calls at once are said one after the other, each recording after the one before; half a language is silent', async () => {
  for (const service of ['A', 'A', 'B']) await command('ticket', 'issue', '--service', service)
  for (const counter of ['7', '12', '3']) await command('ticket', 'call', '--counter', counter)
  // “Numéro a un guichet sept”, and twice the like: five recordings each, in French alone.
  await expect.poll(async () => (await played()).length, { timeout: 40_000 }).toBe(15)
  const said = await played()
  for (const [index, { at, seconds }] of said.entries()) {
    expect(seconds).toBeGreaterThan(0.1)
    const next = said[index + 1]
    if (next !== undefined) expect(next.at).toBeGreaterThanOrEqual(at + seconds)
  }
})
