import fs from 'node:fs'
import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { sep } from 'node:path'
import { stationFile } from '#electron/hall/office/makeOffice.ts'

/** Instants at which a process kills itself: between two of them lies one call of the system. */
export const places = [
  'half a file is written',
  'a file has no name yet',
  'no act names a file yet',
  'half a file is copied',
  'a copied file has no name yet',
  'the list of a copy is written',
  'half an entry of the hall is written',
  'nobody was told of an entry of the hall',
] as const
export type Place = (typeof places)[number]

const inFiles = (path: unknown): path is string =>
  typeof path === 'string' && path.includes(`${sep}files${sep}`) && path.endsWith('.new')

/**
 * Makes this process kill itself (`kill -9`) when it comes to a place for the n-th time. A random instant hits the
 * middle of a small file once in a thousand kills; here nothing is left to that luck.
 * @param say hears it just before
 */
export function strikeAt(place: Place, nth: number, say: () => void): void {
  let left = nth
  const strike = (at: Place): boolean => at === place && (left -= 1) < 0
  const end = (): void => {
    say()
    process.kill(process.pid, 'SIGKILL')
    // The signal is on its way: nothing more is done.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
  const written = new Set<number>()
  const { openSync, writeSync, renameSync } = fs
  const { copyFile, open, rename } = files
  fs.openSync = (path, ...how) => {
    const file = openSync(path, ...how)
    if (inFiles(path)) written.add(file)
    else written.delete(file)
    return file
  }
  fs.writeSync = ((file: number, bytes: Uint8Array, at?: number) => {
    if (written.has(file) && bytes.byteLength > 100 && strike('half a file is written')) {
      writeSync(file, bytes, at ?? 0, bytes.byteLength >> 1)
      end()
    }
    return writeSync(file, bytes, at)
  }) as typeof fs.writeSync
  fs.renameSync = (from, to) => {
    if (inFiles(from) && strike('a file has no name yet')) end()
    renameSync(from, to)
    if (inFiles(from) && strike('no act names a file yet')) end()
    if (typeof to === 'string' && /register-[^/\\]*\.files$/.test(to) && strike('the list of a copy is written')) end()
  }
  files.copyFile = async (from, to, mode) => {
    await copyFile(from, to, mode)
    if (!strike('half a file is copied')) return
    await files.truncate(to, (await files.stat(to)).size >> 1)
    end()
  }
  files.open = async (path, ...how) => {
    const file = await open(path, ...how)
    if (typeof path !== 'string' || !path.endsWith(stationFile.log)) return file
    const append = file.appendFile.bind(file)
    file.appendFile = async (data) => {
      const bytes = Buffer.from(data as Uint8Array) // the log of a hall is bytes
      const half = strike('half an entry of the hall is written')
      await append(half ? bytes.subarray(0, bytes.length >> 1) : bytes)
      if (half || strike('nobody was told of an entry of the hall')) end()
    }
    return file
  }
  files.rename = async (from, to) => {
    if (inFiles(from) && strike('a copied file has no name yet')) end()
    await rename(from, to)
  }
  syncBuiltinESMExports()
}
