import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** By this `@electron/fuses` finds the fuses in an Electron; behind it their version, how many there are, and each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/**
 * Makes a folder that is packaged as an Electron for Windows is, where none can be had: its program is one of Windows
 * that says what it is and ends. What comes of it is looked at, never installed. Throws when `makensis` is missing.
 * @param electron the version that it stands for
 */
export function standInRuntime(folder: string, electron: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const program = join(folder, 'electron.exe')
  const script = `Unicode true
CRCCheck off
OutFile "${program}"
RequestExecutionLevel user
SilentInstall silent
VIProductVersion 0.0.0.0
VIAddVersionKey FileVersion 0.0.0.0
VIAddVersionKey FileDescription "A stand-in, for inspection"
VIAddVersionKey LegalCopyright none
Section
  MessageBox MB_OK "This Guichet was built without its runtime: it is for inspection." /SD IDOK
SectionEnd
`
  const made = spawnSync('makensis', ['-V1', '-'], { input: script, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`makensis makes no stand-in: ${made.error?.message ?? made.stderr}`)
  appendFileSync(
    program,
    Buffer.concat([Buffer.from(sentinel, 'latin1'), Buffer.from([1, 8]), Buffer.from('00000000')]),
  )
  writeFileSync(join(folder, 'version'), electron)
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), 'A stand-in.\n')
}
