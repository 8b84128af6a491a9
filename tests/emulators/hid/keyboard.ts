import { open, readdir, type FileHandle } from 'node:fs/promises'
import { setTimeout as later } from 'node:timers/promises'
import type { KeyDown } from './scenario.ts'

// linux/input-event-codes.h: rows of a keyboard, from these codes on.
const rows: readonly (readonly [number, string])[] = [
  [2, '1234567890'],
  [16, 'QWERTYUIOP'],
  [30, 'ASDFGHJKL'],
  [44, 'ZXCVBNM'],
]
const nameOf = (code: number): string => {
  const row = rows.findLast(([from]) => code >= from)
  return code === 28 ? 'Enter' : (row?.[1][code - row[0]] ?? `#${String(code)}`)
}

/** The event device of the first keyboard that appears. */
export async function openKeyboard(): Promise<FileHandle> {
  for (;;) {
    const found = await readdir('/dev/input').catch(() => [])
    for (const name of found) {
      const words = await open(`/sys/class/input/${name}/device/name`).then(
        async (file) => {
          const text = await file.readFile('utf8')
          await file.close()
          return text
        },
        () => '',
      )
      if (name.startsWith('event') && words.includes('Keyboard Wedge')) return open(`/dev/input/${name}`)
    }
    await later(20)
  }
}

/** The next keys that go down. An input_event of 64-bit Linux is 24 bytes: seconds, microseconds, type, code, value. */
export async function keyTimes(keyboard: FileHandle, count: number): Promise<readonly KeyDown[]> {
  const keys: KeyDown[] = []
  const events = Buffer.alloc(24 * 64)
  while (keys.length < count) {
    const { bytesRead } = await keyboard.read(events)
    for (let at = 0; at + 24 <= bytesRead; at += 24) {
      const [type, code, value] = [
        events.readUInt16LE(at + 16),
        events.readUInt16LE(at + 18),
        events.readInt32LE(at + 20),
      ]
      if (type === 1 && value === 1)
        keys.push({
          key: nameOf(code),
          at: Number(events.readBigUInt64LE(at)) * 1000 + Number(events.readBigUInt64LE(at + 8)) / 1000,
        })
    }
  }
  return keys
}
