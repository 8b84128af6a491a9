import type { BoardCall } from './calls.ts'
import { fragmentsOf, type SpokenLanguage } from './fragments.ts'

/** Two notes, a fifth apart (A5, D5), each with its octave: heard over voices, not shrill. In hertz and seconds. */
const [notes, noteSeconds, restSeconds] = [[880, 587.33], 0.9, 0.42]

/** Rings, and says a call in both languages where its recordings are there. */
export interface Sound {
  readonly call: (call: BoardCall) => Promise<void>
}

/**
 * The loudspeaker of a wall. Recordings lie beside the program, a folder a language (`recordings/fr`, `recordings/ar`);
 * which there are stands in `recordings/fr.json`. Where one that a call needs is missing, that language stays silent: half
 * a number sends people to the wrong counter.
 */
export function createSound(context: AudioContext = new AudioContext()): Sound {
  const lists = new Map<SpokenLanguage, Promise<ReadonlyMap<string, string>>>()
  const clips = new Map<string, Promise<AudioBuffer>>()
  const listOf = (language: SpokenLanguage): Promise<ReadonlyMap<string, string>> => {
    const known = lists.get(language) ?? readList(language)
    lists.set(language, known)
    return known
  }
  const clip = (path: string): Promise<AudioBuffer> => {
    const known =
      clips.get(path) ??
      fetch(path)
        .then((answer) => answer.arrayBuffer())
        .then((bytes) => context.decodeAudioData(bytes))
    clips.set(path, known)
    return known
  }
  const play = (buffer: AudioBuffer): Promise<void> =>
    new Promise((resolve) => {
      const source = new AudioBufferSourceNode(context, { buffer })
      source.connect(context.destination)
      source.addEventListener('ended', () => {
        resolve()
      })
      source.start()
    })
  const speak = async (call: BoardCall, language: SpokenLanguage): Promise<void> => {
    const list = await listOf(language)
    const files = fragmentsOf(call, language).map((name) => list.get(name))
    if (files.some((file) => file === undefined)) return
    const buffers = await Promise.all(files.map((file) => clip(`./recordings/${language}/${file ?? ''}`)))
    for (const buffer of buffers) await play(buffer)
  }
  return {
    call: async (call) => {
      await context.resume()
      await ring(context)
      for (const language of ['ar', 'fr'] as const) await speak(call, language)
    },
  }
}

/** The files of a language by the name of what they say; none where nobody recorded any. */
async function readList(language: SpokenLanguage): Promise<ReadonlyMap<string, string>> {
  const answer = await fetch(`./recordings/${language}.json`).catch(() => undefined)
  const listed: unknown = answer?.ok === true ? await answer.json().catch(() => []) : []
  const files = Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : []
  return new Map(files.map((file) => [file.replace(/\.\w+$/u, ''), file]))
}

function ring(context: AudioContext): Promise<void> {
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
      tone.connect(gain).connect(context.destination)
      tone.start(from)
      tone.stop(from + noteSeconds)
    }
  })
  // A timer, not the end of a note: without a loudspeaker a context never runs, and the next call would wait for ever.
  return new Promise((resolve) => {
    setTimeout(resolve, (restSeconds * (notes.length - 1) + noteSeconds) * 1000)
  })
}
