import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { commandSwitch } from '#electron/main/commandSwitch.ts'
import { standInRuntime } from '#scripts/package/windows/standIn.ts'
import { root } from '#scripts/runtime.ts'
import { asarFiles } from '#tests/builders/asar.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

/** What lies in a tree where somebody has worked, besides the program: none of it is for a counter. */
const alien = [
  '.cache/demo/key.json',
  '.cache/platform/data/secret',
  '.ci/run',
  'dist/old.deb',
  'docs/page.md',
  'drivers/x.ts',
  'electron/main/x.ts',
  'out/first-receipt/receipt.pdf',
  'out/pictures/x.png',
  'out/test/x.json',
  'renderer/x.vue',
  'resources/seed/accounts.json',
  'scripts/x.ts',
  'shared/x.ts',
  'tests/platform/demo-platform.age',
  'coverage/x.json',
  'notes/secret.txt',
  'register.db',
  '.env',
]
const program = ['out/main/index.js', 'out/preload/clerk.cjs', 'out/renderer/index.html']

let folder: ReturnType<typeof temporaryFolder>
beforeAll(() => {
  folder = temporaryFolder()
})
afterAll(() => {
  folder.remove()
})

/** Every file below a folder, as a path from it. */
const filesBelow = (top: string): readonly string[] =>
  readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))

/**
 * Builds a small tree of the same shape by the same settings. The runtime is a stub: electron-builder copies it as it
 * is; the one for Linux has no fuses to turn.
 */
function built(platform: 'linux' | 'win'): string {
  const tree = join(folder.path, platform)
  const put = (file: string, text: string): void => {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
  for (const file of alien) put(file, 'canary')
  for (const file of program) put(file, 'wanted')
  for (const file of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) put(file, 'wanted')
  const { name, productName, version, description, author } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>
  put(
    'package.json',
    JSON.stringify({ name, productName, version, description, author, main: program[0], type: 'module' }),
  )
  const settings = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>
  put('electron-builder.yml', stringify(platform === 'linux' ? { ...settings, electronFuses: null } : settings))
  // What `scripts/package/windows/nativeParts.ts` fetches.
  put('.cache/windows/node_modules/@maker/reader/addon.node', 'wanted')
  cpSync(join(root, 'scripts/package'), join(tree, 'scripts/package'), { recursive: true })
  cpSync(join(root, 'resources/icons'), join(tree, 'resources/icons'), { recursive: true })
  const runtime = join(folder.path, `runtime-${platform}`)
  mkdirSync(join(runtime, 'resources'), { recursive: true })
  if (platform === 'win') standInRuntime(runtime, '33.2.1')
  else for (const file of ['electron', 'LICENSE', 'version']) writeFileSync(join(runtime, file), '33.2.1')
  const made = spawnSync(
    join(root, 'node_modules/.bin/electron-builder'),
    [`--${platform}`, 'dir', '--publish', 'never', '-c.electronVersion=33.2.1', `-c.electronDist=${runtime}`],
    { cwd: tree, encoding: 'utf8' },
  )
  expect(made.status, made.stdout + made.stderr).toBe(0)
  return join(tree, 'dist', `${platform}-unpacked`)
}

test.each(['linux', 'win'] as const)('nothing of the tree but the program is in a package for %s', async (platform) => {
  const unpacked = built(platform)
  const archive = asarFiles(join(unpacked, 'resources/app.asar'))
  const native = platform === 'win' ? ['node_modules/@maker/reader/addon.node'] : []
  expect([...archive.keys()].sort()).toEqual([...program, ...native, 'package.json'].sort())
  const canaries = filesBelow(unpacked).filter((file) => readFileSync(join(unpacked, file)).includes('canary'))
  expect(canaries).toEqual([])
  if (platform === 'linux') return
  const fuses = await getCurrentFuseWire(join(unpacked, 'guichet.exe'))
  expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE)
  expect(fuses[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE)
  expect(readFileSync(join(unpacked, 'bin/guichet.cmd'), 'utf8')).toContain(commandSwitch)
})
