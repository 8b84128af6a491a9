import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { machineFile, readMachineSettings } from './machineSettings.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'machine-')), 'guichet')
  mkdirSync(folder, { mode: 0o755 })
})
afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true })
})
const me = process.getuid?.() ?? 0
const written = (text: string, mode = 0o644): string => {
  const file = join(folder, 'settings.json')
  writeFileSync(file, text)
  chmodSync(file, mode)
  return file
}

test('a machine without the file has no settings', () => {
  expect(readMachineSettings(join(folder, 'settings.json'), me)).toEqual({ settings: {}, wrong: [] })
})

test('what the administrator wrote is read', () => {
  const file = written(
    '{ "platform": "https://p.example", "csca": "/csca", "trust": "/roots", "plugins": "/plugins.json", "training": true }',
  )
  expect(readMachineSettings(file, me)).toEqual({
    settings: {
      platform: 'https://p.example',
      csca: '/csca',
      trust: '/roots',
      plugins: '/plugins.json',
      training: true,
    },
    wrong: [],
  })
})

test.each([
  ['a file that others may write', () => written('{}', 0o646)],
  ['a file that its group may write', () => written('{}', 0o664)],
  [
    'a folder that others may write',
    () => {
      chmodSync(folder, 0o777)
      return written('{}')
    },
  ],
  [
    'a link in place of the file',
    () => {
      writeFileSync(join(folder, 'elsewhere.json'), '{}')
      symlinkSync(join(folder, 'elsewhere.json'), join(folder, 'settings.json'))
      return join(folder, 'settings.json')
    },
  ],
  ['a setting that does not exist', () => written('{ "sqliteBinding": "elsewhere.node" }')],
  ['training that is neither on nor off', () => written('{ "training": "yes" }')],
  ['a name of every object', () => written('{ "constructor": "x" }')],
  ['a platform in clear on the network', () => written('{ "platform": "http://p.example" }')],
  ['a file that cannot be read', () => folder],
  ['no object', () => written('[]')],
  ['a value that is no text', () => written('{ "csca": 7 }')],
  ['no JSON', () => written('csca=/srv')],
])('%s is refused', (_what, make) => {
  const file = make()
  const { settings, wrong } = readMachineSettings(file, me)
  expect(wrong).toHaveLength(1)
  expect(settings).toEqual({})
})

test('the file of another user is not believed', () => {
  const file = written('{}')
  expect(readMachineSettings(file, me + 1).wrong).toMatchObject([{ right: 'root' }])
})

test('each system has its place for them', () => {
  expect(machineFile('linux', {})).toBe('/etc/guichet/settings.json')
  expect(machineFile('win32', { ProgramData: 'D:\\Data' })).toBe('D:\\Data\\Guichet\\settings.json')
})
