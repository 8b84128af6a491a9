import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readJson } from '#shared/domain/readJson.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { diskRecord, type DiskRecord } from '../node/record.ts'
import { syncFolder } from './wholeFile.ts'

/**
 * The log of a station as a file that only grows. A frame is its length (4 bytes, big-endian), a nonce (12), the record
 * as JSON under AES-256-GCM, the tag (16). The place of a frame in the file is authenticated with it, so that none is
 * moved or left out in the middle.
 */
export interface RecordFile {
  readonly records: readonly DiskRecord[]
  /** Resolves when everything is synced. Rejects when it may not be: then nothing more is written. */
  append(records: readonly DiskRecord[]): Promise<void>
  close(): Promise<void>
}

const nonceLength = 12
const tagLength = 16
/** An island's whole day is told in one record. */
const longest = 16 * 1024 * 1024

/**
 * Opens the log, or begins it. What a power cut left half written at its end is taken off: nobody was told of it.
 * Faults: hall.damaged (a frame before the end is not what was written), hall.disk.
 */
export async function openRecordFile(path: string, logKey: Uint8Array): Promise<Result<RecordFile>> {
  const key = createSecretKey(logKey)
  let file: FileHandle
  try {
    file = await open(path, 'a+', 0o600)
  } catch (cause) {
    return err(faultOf('hall.disk', cause instanceof Error && 'code' in cause ? String(cause.code) : 'open'))
  }
  try {
    const bytes = await file.readFile()
    const read = readFrames(bytes, key)
    if (read === undefined) {
      await file.close()
      return err(faultOf('hall.damaged', path))
    }
    if (read.end < bytes.length) await file.truncate(read.end)
    await file.sync()
    await syncFolder(dirname(path))
    return ok(recordFile(file, key, read))
  } catch (cause) {
    await file.close().catch(() => undefined)
    return err(faultOf('hall.disk', cause instanceof Error && 'code' in cause ? String(cause.code) : 'read'))
  }
}

interface Read {
  readonly records: readonly DiskRecord[]
  readonly end: number
}

function readFrames(bytes: Buffer, key: KeyObject): Read | undefined {
  const records: DiskRecord[] = []
  let at = 0
  while (at < bytes.length) {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : longest + 1
    const end = at + 4 + length
    const whole = length <= longest && length > nonceLength + tagLength && end <= bytes.length
    const record = whole ? openFrame(bytes.subarray(at + 4, end), key, at) : undefined
    if (record === undefined) {
      // The last frame may be torn, also where the file system gave its length before its bytes.
      const torn = !whole || end === bytes.length || bytes.subarray(at).every((byte) => byte === 0)
      return torn && !hasFrameAfter(bytes, at, key) ? { records, end: at } : undefined
    }
    records.push(record)
    at = end
  }
  return { records, end: at }
}

/** How far a torn end may reach: one write of a station. */
const searched = 64 * 1024

/** A whole frame behind a broken one: that is no torn end, that is damage. */
function hasFrameAfter(bytes: Buffer, broken: number, key: KeyObject): boolean {
  for (let at = broken + 1; at + 4 + nonceLength + tagLength < Math.min(bytes.length, broken + searched); at += 1) {
    const length = bytes.readUInt32BE(at)
    const end = at + 4 + length
    if (length <= nonceLength + tagLength || end > bytes.length) continue
    if (openFrame(bytes.subarray(at + 4, end), key, at) !== undefined) return true
  }
  return false
}

function openFrame(frame: Buffer, key: KeyObject, at: number): DiskRecord | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, frame.subarray(0, nonceLength))
    decipher.setAAD(placeOf(at))
    decipher.setAuthTag(frame.subarray(-tagLength))
    const text = Buffer.concat([decipher.update(frame.subarray(nonceLength, -tagLength)), decipher.final()])
    return diskRecord.safeParse(readJson(text.toString('utf8'))).data
  } catch {
    return undefined
  }
}

function sealFrame(record: DiskRecord, key: KeyObject, at: number): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(placeOf(at))
  const body = Buffer.concat([cipher.update(JSON.stringify(record), 'utf8'), cipher.final()])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(nonceLength + body.length + tagLength)
  return Buffer.concat([length, nonce, body, cipher.getAuthTag()])
}

const placeOf = (at: number): Buffer => {
  const place = Buffer.alloc(8)
  place.writeBigUInt64BE(BigInt(at))
  return place
}

const recordFile = (file: FileHandle, key: KeyObject, { records, end }: Read): RecordFile => {
  let at = end
  let failed = false
  return {
    records,
    async append(more) {
      // After a sync that failed, the system may forget what was written and say that the next one went well.
      if (failed) throw new Error('the log failed before')
      failed = true
      const frames: Buffer[] = []
      for (const record of more) {
        const frame = sealFrame(record, key, at)
        frames.push(frame)
        at += frame.length
      }
      await file.appendFile(Buffer.concat(frames))
      await file.datasync()
      failed = false
    },
    close: () => file.close(),
  }
}
