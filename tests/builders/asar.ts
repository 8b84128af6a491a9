import { closeSync, openSync, readSync } from 'node:fs'
import { z } from 'zod'

interface Entry {
  readonly files?: Readonly<Record<string, Entry>> | undefined
  readonly size?: number | undefined
}
const entry: z.ZodType<Entry> = z.object({
  get files() {
    return z.record(z.string(), entry).optional()
  },
  size: z.number().optional(),
})

/**
 * The files in an archive of Electron, as paths with their bytes. It begins with two pickled numbers and the pickled
 * text of its index: length 4, length of the pickle, length of the payload, length of the text (the README of
 * `@electron/asar`).
 */
export function asarFiles(file: string): ReadonlyMap<string, number> {
  const fd = openSync(file, 'r')
  try {
    const sizes = Buffer.alloc(16)
    readSync(fd, sizes, 0, 16, 0)
    const text = Buffer.alloc(sizes.readUInt32LE(12))
    readSync(fd, text, 0, text.length, 16)
    const files = new Map<string, number>()
    const walk = ({ files: below = {}, size = 0 }: Entry, path: string): void => {
      const inside = Object.entries(below)
      if (inside.length === 0 && path !== '') files.set(path, size)
      for (const [name, one] of inside) walk(one, path === '' ? name : `${path}/${name}`)
    }
    walk(entry.parse(JSON.parse(text.toString('utf8'))), '')
    return files
  } finally {
    closeSync(fd)
  }
}
