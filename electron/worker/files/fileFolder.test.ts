import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder, testKey, valueOf } from '#tests/builders/register.ts'
import { openFileFolder, type FileFolder } from './fileFolder.ts'
import { headLength, pieceSize, tagLength } from './sealedFile.ts'

let folder: ReturnType<typeof temporaryFolder>
let files: FileFolder
beforeEach(() => {
  folder = temporaryFolder()
  files = openFileFolder(join(folder.path, 'files'), testKey)
})
afterEach(() => {
  folder.remove()
})

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const pathOf = (sha256: string): string => files.pathOf(files.nameOf(sha256))
const allNames = (): readonly string[] => [...files.list()].map((one) => one.name)

describe('what was put', () => {
  test('comes back the same, whatever its bytes and size', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        const put = valueOf(files.put(bytes))
        expect(put).toEqual({ sha256: hashOf(bytes), size: bytes.byteLength })
        expect(Buffer.from(valueOf(files.get(put.sha256))).equals(bytes)).toBe(true)
        expect(valueOf(files.check(put.sha256))).toEqual(put)
      }),
      { numRuns: 30 },
    )
  })

  test.each([0, 1, pieceSize - 1, pieceSize, pieceSize + 1, 3 * pieceSize])('of %i bytes is whole', (size) => {
    const bytes = Buffer.alloc(size, 'Zineb')
    const { sha256 } = valueOf(files.put(bytes))
    expect(Buffer.compare(valueOf(files.get(sha256)), bytes)).toBe(0)
    expect(statSync(pathOf(sha256)).size).toBe(headLength + size + tagLength)
  })

  test('shows on the disk neither its bytes nor its hash, and only its owner may read it', () => {
    const { sha256 } = valueOf(files.put(Buffer.from('Zineb El Khattabi')))
    const raw = readFileSync(pathOf(sha256))
    expect(raw.includes('Zineb')).toBe(false)
    expect(raw.includes(Buffer.from(sha256, 'hex'))).toBe(false)
    expect(pathOf(sha256)).not.toContain(sha256)
    expect(statSync(pathOf(sha256)).mode & 0o077).toBe(0)
    expect(statSync(dirname(pathOf(sha256))).mode & 0o077).toBe(0)
  })

  test('is written once, and not with the nonce of another', () => {
    const one = valueOf(files.put(Buffer.from('one')))
    const before = readFileSync(pathOf(one.sha256))
    valueOf(files.put(Buffer.from('one')))
    expect(readFileSync(pathOf(one.sha256)).equals(before)).toBe(true)
    files.remove(one.sha256)
    valueOf(files.put(Buffer.from('one')))
    expect(readFileSync(pathOf(one.sha256)).equals(before)).toBe(false)
  })

  test('is read by no other register', () => {
    const { sha256 } = valueOf(files.put(Buffer.from('one')))
    const other = openFileFolder(files.folder, new Uint8Array(32).fill(1))
    expect(other.get(sha256)).toMatchObject({ ok: false, fault: { code: 'file.missing' } })
    mkdirSync(dirname(other.pathOf(other.nameOf(sha256))), { recursive: true })
    copyFileSync(pathOf(sha256), other.pathOf(other.nameOf(sha256)))
    expect(other.get(sha256)).toMatchObject({ ok: false, fault: { code: 'file.swapped' } })
  })
})

describe('a file that is not what it was', () => {
  const content = Buffer.alloc(200, 'Zineb')

  test('is missing', () => {
    expect(files.get(hashOf(content))).toMatchObject({ ok: false, fault: { code: 'file.missing' } })
    const { sha256 } = valueOf(files.put(content))
    files.remove(sha256)
    expect(files.has(sha256)).toBe(false)
    expect(files.check(sha256)).toMatchObject({ ok: false, fault: { code: 'file.missing' } })
  })

  test('is damaged, wherever a bit of it changed', () => {
    const { sha256 } = valueOf(files.put(content))
    const raw = readFileSync(pathOf(sha256))
    for (let at = 0; at < raw.length; at += 1) {
      const changed = Buffer.from(raw)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(pathOf(sha256), changed)
      const read = files.get(sha256)
      expect(read.ok ? 'read' : read.fault.code, `byte ${String(at)}`).toMatch(/^file\.(damaged|swapped)$/)
    }
  })

  test('is damaged, wherever it ends early, and when it goes on', () => {
    const { sha256 } = valueOf(files.put(content))
    const raw = readFileSync(pathOf(sha256))
    writeFileSync(pathOf(sha256), Buffer.concat([raw, Buffer.from('more')]))
    expect(files.get(sha256)).toMatchObject({ ok: false, fault: { code: 'file.damaged' } })
    for (let length = raw.length - 1; length >= 0; length -= 1) {
      truncateSync(pathOf(sha256), length)
      expect(files.get(sha256), `${String(length)} bytes`).toMatchObject({ ok: false, fault: { code: 'file.damaged' } })
    }
  })

  test('is swapped with another of the same register', () => {
    const [one, other] = [valueOf(files.put(content)), valueOf(files.put(Buffer.alloc(200, 'Amine')))]
    copyFileSync(pathOf(other.sha256), pathOf(one.sha256))
    expect(files.get(one.sha256)).toMatchObject({ ok: false, fault: { code: 'file.swapped' } })
    // Also when whoever swapped it wrote the name that is expected into its head.
    const raw = readFileSync(pathOf(one.sha256))
    Buffer.from(files.nameOf(one.sha256), 'hex').copy(raw, 5)
    writeFileSync(pathOf(one.sha256), raw)
    expect(files.get(one.sha256)).toMatchObject({ ok: false, fault: { code: 'file.damaged' } })
  })

  test('is written anew when its content is put again', () => {
    const { sha256 } = valueOf(files.put(content))
    truncateSync(pathOf(sha256), 10)
    valueOf(files.put(content))
    expect(Buffer.from(valueOf(files.get(sha256))).equals(content)).toBe(true)
  })
})

test('what cannot be written is refused in words and leaves nothing half', () => {
  mkdirSync(files.folder, { recursive: true })
  const content = Buffer.from('content')
  const sha256 = hashOf(content)
  // A file where the folder should be.
  writeFileSync(join(files.folder, files.nameOf(sha256).slice(0, 2)), '')
  expect(files.put(content)).toMatchObject({ ok: false, fault: { code: 'register.readOnly' } })
  expect(allNames()).toEqual([])
})

test('the folder is listed with everything in it; one that is not there yet is empty', () => {
  expect(allNames()).toEqual([])
  const { sha256 } = valueOf(files.put(Buffer.from('one')))
  writeFileSync(`${pathOf(sha256)}.new`, 'half')
  expect(new Set(allNames())).toEqual(new Set([files.nameOf(sha256), `${files.nameOf(sha256)}.new`]))
  expect(readdirSync(folder.path)).toEqual(['files'])
})
