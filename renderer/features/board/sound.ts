import { boardVoice, type BoardVoice } from '#shared/contract/boardVoice.ts'
import { readOnce } from '#shared/readOnce.ts'
import type { BoardCall } from './calls.ts'
import { fragmentsOf } from './fragments.ts'

/** Two notes, a fifth apart (A5, D5), each with its octave: heard over voices, not shrill. In hertz and seconds. */
const [notes, noteSeconds, restSeconds] = [[880, 587.33], 0.9, 0.42]

/** Between the chime, a language and the next one, and between two recordings, in seconds. */
const [pause, breath] = [0.35, 0.04]
/** So long is a loudspeaker waited for, in milliseconds. */
const longestStart = 1_000

/** Rings, and says a call in the languages of this wall, where its recordings are there. */
export interface Sound {
  readonly call: (call: BoardCall) => Promise<void>
}

/**
 * The loudspeaker of a wall. Where a recording that a call needs is missing, that language stays silent: half a number
 * sends people to the wrong counter.
 */
export function createSound(context: AudioContext = new AudioContext()): Sound {
  const out = new GainNode(context)
  out.connect(context.destination)
  const voice = readOnce(readVoice)
  const clips = new Map<string, () => Promise<AudioBuffer>>()
  const clip = (path: string): Promise<AudioBuffer> => {
    const read = clips.get(path) ?? readOnce(() => readClip(path, context))
    clips.set(path, read)
    return read()
  }
  const buffersOf = async (call: BoardCall, { language, files }: BoardVoice['languages'][number]) => {
    const named = new Map(files.map((file) => [file.replace(/\.\w+$/u, ''), file]))
    const needed = fragmentsOf(call, language).map((name) => named.get(name))
    if (needed.some((file) => file === undefined)) return []
    return Promise.all(needed.map((file) => clip(`./recordings/${language}/${file ?? ''}`)))
  }
  return {
    call: async (call) => {
      await Promise.race([context.resume(), later(longestStart)])
      // Without a loudspeaker a context never runs: what nobody hears is not kept until somebody plugs one in.
      if (context.state !== 'running') return
      const { volume, languages } = await voice().catch(() => silent)
      const said = await Promise.all(languages.map((one) => buffersOf(call, one).catch(() => [])))
      out.gain.value = volume
      let at = ring(context, out)
      for (const buffers of said.filter(({ length }) => length > 0)) {
        at += pause
        for (const buffer of buffers) {
          const source = new AudioBufferSourceNode(context, { buffer })
          source.connect(out)
          source.start(at)
          at += buffer.duration + breath
        }
      }
      // A timer, not the end of the last one: a loudspeaker that is pulled out would never tell it.
      await later((at - context.currentTime) * 1000)
    },
  }
}

/** Where the page is served by something that has no recordings there is the chime. */
const silent: BoardVoice = { volume: 1, languages: [] }
/** What this wall speaks with. */
const readVoice = async (): Promise<BoardVoice> => boardVoice.parse(await (await fetch('./recordings.json')).json())
const readClip = async (path: string, context: AudioContext): Promise<AudioBuffer> =>
  context.decodeAudioData(await (await fetch(path)).arrayBuffer())

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

/** The chime, from now on; when it is over, by the clock of the context. */
function ring(context: AudioContext, out: AudioNode): number {
  const start = context.currentTime + 0.05
  notes.forEach((frequency, at) => {
    for (const [octave, loudness] of [
      [1, 0.3],
      [2, 0.08],
    ] as const) {
      const from = start + at * restSeconds
      const tone = new OscillatorNode(context, { type: 'sine', frequency: frequency * octave })
      const gain = new GainNode(context, { gain: 0 })
      gain.gain.setValueAtTime(0, from)
      gain.gain.linearRampToValueAtTime(loudness, from + 0.02)
      gain.gain.exponentialRampToValueAtTime(0.001, from + noteSeconds)
      tone.connect(gain).connect(out)
      tone.start(from)
      tone.stop(from + noteSeconds)
    }
  })
  return start + restSeconds * (notes.length - 1) + noteSeconds
}
