import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkMachineSettings, machineSettings, readSettingsText, type SettingName } from './machineSettings.ts'

const right: Readonly<Record<SettingName, unknown>> = {
  dataDir: '/var/lib/guichet',
  platform: 'https://platform.example',
  officeFile: '/etc/guichet/office.json',
  officeFingerprint: '5ZK9-0QTM-5ZK9-0QTM-5ZK9-0QTM-5ZK9-0QTM',
  caFile: '/etc/guichet/ca.pem',
  proxy: 'http://proxy.example:3128',
  proxyFromEnvironment: false,
  backupDir: String.raw`\\server\guichet`,
  recoveryKey: `age1${'q'.repeat(58)}`,
  training: true,
  language: 'ar',
  ticketPrinter: '192.0.2.20:9100/58',
  hallDiscovery: false,
  recordings: '/srv/recordings',
  boardSpeaks: 'fr,ar',
  boardVolume: 0,
  trust: 'C:\\Guichet\\trust',
  csca: '/srv/csca',
  plugins: '/srv/plugins.json',
}

test('every setting is taken as it has to be', () => {
  expect(checkMachineSettings(right)).toEqual({ settings: right, wrong: [] })
})

const bent: Readonly<Record<SettingName, unknown>> = {
  ...Object.fromEntries(Object.keys(right).map((name) => [name, 7])),
  dataDir: 'var/lib/guichet',
  platform: 'http://platform.example',
  officeFile: 'office.json',
  officeFingerprint: '5ZK9',
  caFile: '',
  proxy: 'socks5://proxy.example',
  proxyFromEnvironment: 'no',
  backupDir: 'backups',
  recoveryKey: 'AGE-SECRET-KEY-1',
  training: 1,
  language: 'de',
  ticketPrinter: 'printer.example',
  hallDiscovery: 'off',
  recordings: 'recordings',
  boardSpeaks: 'fr,fr',
  boardVolume: 100.5,
  trust: ['/srv'],
  csca: null,
  plugins: { file: '/srv/plugins.json' },
}

test.each(Object.keys(machineSettings) as SettingName[])(
  'a wrong %s is named, with what is right, never quoted',
  (name) => {
    const { settings, wrong } = checkMachineSettings({ ...right, [name]: bent[name] })
    expect(settings[name]).toBeUndefined()
    expect(wrong).toMatchObject([{ name, right: machineSettings[name] }])
    expect(JSON.stringify(wrong)).not.toContain('example')
  },
)

test('what is no setting is named, those of every object too', () => {
  const { wrong } = checkMachineSettings(JSON.parse('{ "sqliteBinding": "x", "constructor": 1, "__proto__": 2 }'))
  expect(wrong.map(({ name, right: wanted }) => [name, wanted])).toEqual([
    ['sqliteBinding', 'none'],
    ['constructor', 'none'],
    ['__proto__', 'none'],
  ])
})

test('a file that is no JSON object says so, and in which line', () => {
  expect(readSettingsText('[]').wrong).toEqual([{ found: 'list', right: 'object' }])
  expect(readSettingsText('{\n  "training": true,\n}').wrong).toMatchObject([
    { found: 'noJson', right: 'object', line: 3 },
  ])
  expect(readSettingsText('').wrong).toMatchObject([{ found: 'noJson' }])
})

test('docs/administration.md has a row for each setting, and no other', () => {
  const page = readFileSync(new URL('../../docs/administration.md', import.meta.url), 'utf8')
  const table = page.slice(page.indexOf('## Settings'), page.indexOf('\n## ', page.indexOf('## Settings') + 1))
  const rows = [...table.matchAll(/^\| `(\w+)` \|([^|]*)\|([^|]*)\|/gmu)]
  expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(machineSettings).sort())
  const words = {
    switch: 'true or false',
    folder: 'absolute path of a folder',
    file: 'absolute path of a file',
    platform: 'https address',
    proxy: 'http address',
    recoveryKey: 'age1…',
    fingerprint: 'eight groups of four',
    language: 'fr, ar, zgh, en',
    ticketPrinter: '`HOST:PORT`',
    spoken: 'ar,fr',
    percent: '0 to 100',
  } as const
  for (const [, name, kind] of rows)
    expect([name, kind]).toEqual([name, expect.stringContaining(words[machineSettings[name as SettingName]])])
})
