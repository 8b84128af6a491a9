import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { BoardVoice } from '#shared/contract/boardVoice.ts'
import { fragmentsOf } from './fragments.ts'
import { createSound } from './sound.ts'

const call = { ticket: 'A042', counter: '3', calledAt: '2026-11-30T10:00:00.000Z', times: 1 }
const files = fragmentsOf(call, 'fr').map((name) => `${name}.ogg`)
/** The recordings that were begun since the last call. */
let begun = 0

class Node {
  gain = { value: 0, setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn(), exponentialRampToValueAtTime: vi.fn() }
  connect = (to: unknown): unknown => to
  start = vi.fn()
  stop = vi.fn()
}
class Recording extends Node {
  override start = vi.fn(() => {
    begun += 1
  })
}
const context = {
  state: 'running',
  currentTime: 0,
  resume: () => Promise.resolve(),
  decodeAudioData: (bytes: ArrayBuffer) => Promise.resolve({ duration: bytes.byteLength }),
} as unknown as AudioContext

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('GainNode', Node)
  vi.stubGlobal('OscillatorNode', Node)
  vi.stubGlobal('AudioBufferSourceNode', Recording)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** What a call began, with the recordings of this wall served by `serve`. */
async function heard(sound: ReturnType<typeof createSound>, serve: (path: string) => Promise<Response>) {
  begun = 0
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    return serve(path)
  })
  const said = sound.call(call)
  await vi.runAllTimersAsync()
  await said
  return { begun, asked: asked.length }
}

const whole = (path: string): Promise<Response> =>
  Promise.resolve(
    path.endsWith('.json')
      ? Response.json({ volume: 1, languages: [{ language: 'fr', files }] } satisfies BoardVoice)
      : new Response('sound'),
  )
const torn = (): Promise<Response> => Promise.reject(new TypeError('torn'))

it('asks once for what it has, and for all that it could not have with each call again', async () => {
  const sound = createSound(context)
  expect(await heard(sound, torn)).toEqual({ begun: 0, asked: 1 })
  // What it speaks with is there now, one recording is not: half a number is not said.
  const missing = (path: string) => (path.endsWith(`/${files[1] ?? ''}`) ? torn() : whole(path))
  expect(await heard(sound, missing)).toEqual({ begun: 0, asked: 1 + files.length })
  expect(await heard(sound, whole)).toEqual({ begun: files.length, asked: 1 })
  expect(await heard(sound, torn)).toEqual({ begun: files.length, asked: 0 })
})
