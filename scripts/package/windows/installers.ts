import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from '../../runtime.ts'
import { foldersOf, source, type Content } from './content.ts'
import { iconOf } from './icon.ts'
import { msiSource } from './msi.ts'
import { nsisSource } from './nsis.ts'

/**
 * Makes `guichet.msi` and `guichet-setup.exe` of a program that lies there as a folder. Throws a sentence when a tool
 * is missing or refuses.
 * @param app the folder, with `guichet.exe` in it
 * @param into where both are put
 */
export function makeInstallers(app: string, into: string, version: string): readonly [msi: string, setup: string] {
  const work = mkdtempSync(join(tmpdir(), 'guichet-windows-'))
  try {
    symlinkSync(resolve(app), join(work, source.app))
    const sides = [16, 32, 48, 64, 128, 256]
    writeFileSync(join(work, source.icon), iconOf(sides.map((side) => ({ side, file: pictureOf(side) }))))
    const content: Content = { folders: foldersOf(app), version }
    const [msi, setup] = [resolve(into, 'guichet.msi'), resolve(into, 'guichet-setup.exe')]
    writeFileSync(join(work, 'guichet.wxs'), msiSource(content))
    run(work, 'wixl', ['--arch', 'x64', '--output', msi, 'guichet.wxs'])
    writeFileSync(join(work, 'guichet.nsi'), nsisSource(content, setup))
    run(work, 'makensis', ['-V2', '-WX', '-INPUTCHARSET', 'UTF8', 'guichet.nsi'])
    return [msi, setup]
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

const pictureOf = (side: number): string => join(root, `resources/icons/${String(side)}x${String(side)}.png`)

/** Runs a tool; `wixl` goes on without an attribute that it does not know, and only warns of it. */
function run(cwd: string, tool: string, args: readonly string[]): void {
  const ran = spawnSync(tool, args, { cwd, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  if (ran.error !== undefined)
    throw new Error(`${tool} is not on this machine: apt-get install wixl nsis (the installers for Windows need both)`)
  const said = `${ran.stdout}${ran.stderr}`.trim()
  if (ran.status !== 0 || said.includes('no property named')) throw new Error(`${tool}: ${said}`)
}
