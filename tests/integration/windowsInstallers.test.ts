import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkMachineSettings, machineSettings } from '#shared/domain/machineSettings.ts'
import { withGiven } from '#electron/cli/givenSettings.ts'
import { makeInstallers } from '#scripts/package/windows/installers.ts'
import { root } from '#scripts/runtime.ts'
import { temporaryFolder } from '#tests/builders/register.ts'

const program = [
  'guichet.exe',
  'LICENSE',
  'locales/fr.pak',
  'resources/app.asar',
  'resources/guichet/a & b $0.json',
  'resources/app.asar.unpacked/node_modules/x/LICENSE',
]
const names = Object.keys(machineSettings)

let folder: ReturnType<typeof temporaryFolder>
let msi: string
let setup: string
const app = (): string => join(folder.path, 'app')
beforeAll(() => {
  folder = temporaryFolder()
  for (const file of program) {
    mkdirSync(dirname(join(app(), file)), { recursive: true })
    writeFileSync(join(app(), file), file)
  }
  ;[msi, setup] = makeInstallers(app(), folder.path, '1.2.3')
})
afterAll(() => {
  folder.remove()
})

/** The rows of a table, each with its columns by their names. */
const table = (name: string, of = msi): readonly Readonly<Record<string, string>>[] => {
  const [head = '', , , ...rows] = execFileSync('msiinfo', ['export', of, name], { encoding: 'utf8' })
    .trimEnd()
    .split(/\r?\n/)
  const columns = head.split('\t')
  return rows.map((row) => Object.fromEntries(row.split('\t').map((value, at) => [columns[at] ?? '', value])))
}
const property = (name: string, of = msi) => table('Property', of).find((row) => row['Property'] === name)?.['Value']

test('every setting of the machine is a property of the MSI, each handed on when it is given, and no other is', () => {
  const actions = table('CustomAction').filter(({ Action }) => Action?.startsWith('Take.'))
  expect(actions.map(({ Target }) => Target)).toEqual(
    names.map((name) => `[SETTINGS] --set "${name}=[${name.toUpperCase()}] "`),
  )
  const sequence = table('InstallExecuteSequence')
  for (const name of names.map((one) => one.toUpperCase()))
    expect(sequence.find(({ Action }) => Action === `Take.${name}`)?.['Condition']).toBe(`NOT Installed AND ${name}`)
  // Whoever may ask for a repair says nothing of the settings.
  expect(
    property('SecureCustomProperties')
      ?.split(';')
      .filter((one) => !one.startsWith('WIX_')),
  ).toEqual([])
})

test('the program writes its settings before the MSI is done, as the system, or the MSI takes itself back', () => {
  const files = table('File')
  const row = table('CustomAction').find(({ Action }) => Action === 'Provision')
  expect(row).toMatchObject({ Target: '--guichet-command -- provision [SETTINGS]' })
  expect(files.find(({ File }) => File === row?.['Source'])?.['FileName']).toMatch(/guichet\.exe$/)
  // A file that was installed (18), within the transaction (1024), as the system (2048), its answer heeded (not 64).
  expect(Number(row?.['Type'])).toBe(18 + 1024 + 2048)
  const at = (name: string) =>
    Number(table('InstallExecuteSequence').find(({ Action }) => Action === name)?.['Sequence'])
  expect(at('Provision')).toBeGreaterThan(at('InstallFiles'))
  expect(at('Provision')).toBeLessThan(at('InstallFinalize'))
})

test('the MSI holds the program and nothing else, for the whole machine, with an entry in the menu', () => {
  expect(
    table('File')
      .map(({ FileName }) => FileName?.split('|').at(-1))
      .sort(),
  ).toEqual(program.map((file) => file.split('/').at(-1)).sort())
  expect(table('Feature').map(({ Feature }) => Feature)).toEqual(['Guichet'])
  expect([property('ALLUSERS'), property('ProductVersion')]).toEqual(['1', '1.2.3'])
  expect(table('Shortcut')).toMatchObject([
    { Directory_: 'ProgramMenuFolder', Name: 'Guichet', Target: '[INSTALLDIR]guichet.exe' },
  ])
  expect(execFileSync('msiinfo', ['suminfo', msi], { encoding: 'utf8' })).toContain('Template: x64')
  // Uninstalling removes what the tables name: no setting, no register.
  expect(table('RemoveFile')).toEqual([])
  const folders = table('Directory').map(({ Directory }) => Directory)
  expect(folders.filter((one) => /AppData/i.test(one ?? ''))).toEqual([])
})

test('the next version is known as the successor of this one, with the same parts; the machine is not started anew', () => {
  mkdirSync(join(folder.path, 'next'))
  const [next] = makeInstallers(app(), join(folder.path, 'next'), '1.2.4-rc.1')
  expect(property('UpgradeCode', next)).toBe(property('UpgradeCode'))
  expect(property('ProductCode', next)).not.toBe(property('ProductCode'))
  expect(property('ProductVersion', next)).toBe('1.2.4')
  expect(table('Component', next)).toEqual(table('Component'))
  expect(property('REBOOT')).toBe('ReallySuppress')
})

test('the other installer is one for Windows, made by NSIS', () => {
  const bytes = readFileSync(setup)
  expect(bytes.subarray(0, 2).toString('latin1')).toBe('MZ')
  expect(bytes.includes('NullsoftInst')).toBe(true)
})

const page = readFileSync(join(root, 'docs/administration.md'), 'utf8')
const rows = [
  ...page.slice(page.indexOf('## Windows')).matchAll(/^\| `([A-Z]+)=` \| `\/([A-Z]+)=` \| `(\w+)` \| `(.+)` \|$/gmu),
]

test('docs/administration.md has a row for each silent property, and no other', () => {
  expect(rows.map((row) => row.slice(1, 4))).toEqual(
    names.map((name) => [name.toUpperCase(), name.toUpperCase(), name]),
  )
})

test.each(rows.map(([, property = '', , name = '', value = '']) => ({ property, name, value })))(
  '$property as it stands in docs/administration.md is taken by the program',
  ({ name, value }) => {
    // The space that the installers write behind it.
    const given = withGiven({}, [`${name}=${value} `])
    expect(checkMachineSettings(given.ok && given.value)).toMatchObject({
      wrong: [],
      settings: { [name]: expect.anything() as unknown },
    })
  },
)
