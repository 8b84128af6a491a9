import type { FileMessage, Message } from '../node/message.ts'

/** The longest message: an island tells its day in one. */
const longest = 16 * 1024 * 1024

/** A text as a frame: its length in bytes (4, big-endian), and UTF-8. */
export function frameOf(text: string): Buffer {
  const body = Buffer.from(text, 'utf8')
  const frame = Buffer.allocUnsafe(4 + body.length)
  frame.writeUInt32BE(body.length, 0)
  body.copy(frame, 4)
  return frame
}

const framed = new WeakMap<Message | FileMessage, Buffer>()

/** A message as a frame, made once for all who hear it. */
export function messageFrame(one: Message | FileMessage): Buffer {
  const frame = framed.get(one) ?? frameOf(JSON.stringify(one))
  framed.set(one, frame)
  return frame
}

/** Puts the pieces of a stream together again. Answers false when what comes is no frame: the connection ends. */
export function frameReader(take: (text: string) => boolean): (chunk: Buffer) => boolean {
  let chunks: Buffer[] = []
  let held = 0
  return (chunk) => {
    chunks.push(chunk)
    held += chunk.length
    for (;;) {
      if (held < 4) return true
      if (chunks.length > 1 && (chunks[0]?.length ?? 0) < 4) chunks = [Buffer.concat(chunks)]
      const length = chunks[0]?.readUInt32BE(0) ?? 0
      if (length > longest) return false
      if (held < 4 + length) return true
      const all = chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks)
      if (!take(all.toString('utf8', 4, 4 + length))) return false
      const rest = all.subarray(4 + length)
      chunks = rest.length === 0 ? [] : [rest]
      held = rest.length
    }
  }
}
