import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { osCode } from '#electron/worker/keys/wholeFile.ts'

/** A package being written (BagIt 1.0, RFC 8493): each file once, with its SHA-256 in the manifest. */
export interface Bag {
  /** Adds a file of the payload. Fault: file.unwritable. */
  readonly add: (path: string, bytes: Uint8Array | string) => Result<void>
  /** Writes manifests and what the package says of itself. Fault: file.unwritable. */
  readonly close: (info: Readonly<Record<string, string>>) => Result<{ readonly files: number; readonly bytes: number }>
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
/** §2.1.3: line ends and the percent sign are written as their codes in a manifest. */
const encoded = (path: string): string => path.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll('\r', '%0D')

/**
 * Begins a package in a folder that is made, never over one that is there. Fault: file.unwritable.
 * @param folder the bag's own
 */
export function openBag(folder: string): Result<Bag> {
  const manifest: string[] = []
  let size = 0
  const write = (path: string, bytes: Uint8Array | string): Result<void> => {
    try {
      const target = join(folder, path)
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      writeFileSync(target, bytes, { flag: 'wx', mode: 0o600 })
      return ok(undefined)
    } catch (cause) {
      return err(faultOf('file.unwritable', `${path}: ${osCode(cause)}`))
    }
  }
  try {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    return err(faultOf('file.unwritable', `${folder}: ${osCode(cause)}`))
  }
  return ok({
    add: (path, bytes) => {
      const inside = `data/${path}`
      const written = write(inside, bytes)
      if (!written.ok) return written
      manifest.push(`${sha256(bytes)}  ${encoded(inside)}`)
      size += Buffer.byteLength(bytes)
      return ok(undefined)
    },
    close: (info) => {
      const tags: readonly (readonly [string, string])[] = [
        ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
        [
          'bag-info.txt',
          Object.entries({ ...info, 'Payload-Oxum': `${String(size)}.${String(manifest.length)}` })
            .map(([label, value]) => `${label}: ${value.replaceAll(/\s+/gu, ' ')}\n`)
            .join(''),
        ],
        ['manifest-sha256.txt', `${manifest.join('\n')}\n`],
      ]
      const all = [
        ...tags,
        ['tagmanifest-sha256.txt', tags.map(([name, text]) => `${sha256(text)}  ${name}\n`).join('')],
      ]
      for (const [name = '', text = ''] of all) {
        const written = write(name, text)
        if (!written.ok) return written
      }
      return ok({ files: manifest.length, bytes: size })
    },
  })
}
