/** Of a WAV file with 16-bit samples of one channel: how many a second, and the samples, from -1 to 1. */
export interface Clip {
  readonly rate: number
  readonly samples: Float64Array
}

/** How loud what is heard of a clip is on average (-20 dB), and how far no sample goes. */
const [loudness, highest] = [0.1, 0.9]
/** Below this share of the loudest sample it is silence. */
const silence = 0.02
/** Kept around what is heard, and faded, in seconds: a cut at once clicks. */
const margin = 0.012

/** Reads what espeak-ng writes into a pipe: a header of 44 bytes, whose length it does not know yet, and samples. */
export function readWav(bytes: Buffer): Clip {
  const samples = new Float64Array(Math.floor((bytes.length - 44) / 2))
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(44 + at * 2) / 32_768
  return { rate: bytes.readUInt32LE(24), samples }
}

/** One channel, 16 bits (Microsoft, Multimedia Programming Interface 1.0, the form of WAVE). */
export function writeWav({ rate, samples }: Clip): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, at) => bytes.writeInt16LE(Math.round(sample * 32_767), 44 + at * 2))
  return bytes
}

/** Without the silence at both ends, and as loud as every other one; nothing of a clip in which nothing is heard. */
export function evened({ rate, samples }: Clip): Clip {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  const heard = (sample: number): boolean => Math.abs(sample) > peak * silence
  const first = samples.findIndex(heard)
  if (first < 0) return { rate, samples: new Float64Array() }
  const edge = Math.round(margin * rate)
  const said = samples.slice(Math.max(0, first - edge), samples.findLastIndex(heard) + 1 + edge)
  const mean = Math.sqrt(said.reduce((sum, sample) => sum + sample * sample, 0) / said.length)
  const gain = Math.min(loudness / mean, highest / peak)
  const faded = (at: number): number => Math.min(1, at / edge, (said.length - 1 - at) / edge)
  return { rate, samples: said.map((sample, at) => sample * gain * faded(at)) }
}

/** A recording as it comes from the voice, made ready to stand between others. */
export const clipOf = (bytes: Buffer): Buffer => writeWav(evened(readWav(bytes)))
