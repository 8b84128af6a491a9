import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anOfficeFile, aPlatformKey, officeBytes } from '#tests/builders/platformKeys.ts'
import { temporaryFolder } from '#tests/builders/register.ts'
import { examineSettings } from './examineSettings.ts'
import { main } from './main.ts'
import { readMachineSettings } from '#electron/main/machineSettings.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const at = (name: string): string => join(folder.path, name)
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content)
  return at(name)
}
const guichet = async (...words: string[]): Promise<{ code: number; said: string }> => {
  let said = ''
  const out = (text: string): void => {
    said += text
  }
  const code = await main(['provision', ...words, '--into', at('etc')], {
    env: {},
    signal: new AbortController().signal,
    stdin: process.stdin,
    out,
    err: out,
  })
  return { code, said }
}
const by = aPlatformKey()
const office = () => file('office.jws', officeBytes(anOfficeFile(by), by))

test('settings and office file are put in their place, and the program finds them as they have to be', async () => {
  const settings = file('settings.json', '{ "dataDir": "/var/lib/guichet", "training": false }')
  const { code, said } = await guichet(settings, office(), '--fingerprint', by.fingerprint)
  expect([code, said]).toEqual([0, expect.stringContaining('its register begins at the next start')])
  const read = readMachineSettings(at('etc/settings.json'), process.getuid?.())
  expect(read).toEqual({
    wrong: [],
    settings: {
      dataDir: '/var/lib/guichet',
      training: false,
      officeFile: at('etc/office.json'),
      officeFingerprint: by.fingerprint,
    },
  })
  expect(statSync(at('etc')).mode & 0o022).toBe(0)
  expect(statSync(at('etc/settings.json')).mode & 0o777).toBe(0o644)
})

test('a dry run writes nothing; a wrong setting, file or fingerprint neither, and each is named', async () => {
  const good = file('settings.json', '{ "training": true }')
  expect(await guichet(good, '--dry-run')).toMatchObject({
    code: 0,
    said: expect.stringContaining('would write') as string,
  })
  const wrong = await guichet(file('wrong.json', '{ "dataDir": "here", "proxi": "x" }'))
  expect(wrong).toMatchObject({
    code: 1,
    said: expect.stringMatching(/dataDir.*absolute path.*proxi.*no such setting/su) as string,
  })
  expect((await guichet(office())).said).toContain('--fingerprint')
  expect((await guichet(office(), '--fingerprint', aPlatformKey().fingerprint)).said).toContain('office.fingerprint')
  expect((await guichet(good, good)).said).toContain('a second settings file')
  expect((await guichet(at('absent'))).said).toContain('file.unreadable')
  expect(existsSync(at('etc'))).toBe(false)
})

test('an office file alone is added to the settings that are there', async () => {
  await guichet(file('settings.json', '{ "language": "ar" }'))
  expect((await guichet(office(), '--fingerprint', by.fingerprint)).code).toBe(0)
  expect(JSON.parse(readFileSync(at('etc/settings.json'), 'utf8'))).toMatchObject({
    language: 'ar',
    officeFile: at('etc/office.json'),
  })
})

test('one setting is set or taken out, the others stay; an installer of Windows may leave a space behind it', async () => {
  const set = (...given: string[]) => guichet(...given.flatMap((one) => ['--set', one]))
  const there = (): unknown => JSON.parse(readFileSync(at('etc/settings.json'), 'utf8'))
  expect((await guichet()).code).toBe(0)
  expect(there()).toEqual({})
  expect((await set('dataDir=D:\\Guichet\\ ', 'training=true', 'boardVolume=40', 'language=ar')).code).toBe(0)
  expect(there()).toEqual({ dataDir: 'D:\\Guichet\\', training: true, boardVolume: 40, language: 'ar' })
  expect((await set('language=', 'training=false')).code).toBe(0)
  const left = { dataDir: 'D:\\Guichet\\', training: false, boardVolume: 40 }
  expect(there()).toEqual(left)
  for (const [given, said] of [
    ['training=yes', 'training: text, must be true or false'],
    ['boardVolume=1e2', 'boardVolume: text, must be a whole number'],
    ['constructor=x', 'constructor: text, must be nothing'],
    ['training', '--set NAME=VALUE'],
    ['proxy=http://name:secret@proxy.example:3128', 'proxy: a password stands in a settings file'],
  ] as const) {
    const refused = await set('language=fr', given)
    expect(refused).toEqual({ code: 1, said: expect.stringContaining(said) as string })
    expect(refused.said).not.toContain('secret')
  }
  expect(there()).toEqual(left)
})

test('settings that are wrong are named, and not written over by what is added to them', async () => {
  await guichet('--set', 'language=ar')
  const wrong = '{ "language": "ar", "training": "yes" }'
  writeFileSync(at('etc/settings.json'), wrong)
  for (const added of [['--set', 'language=fr'], [office(), '--fingerprint', by.fingerprint], []])
    expect(await guichet(...added)).toMatchObject({
      code: 1,
      said: expect.stringContaining('training: text') as string,
    })
  expect(readFileSync(at('etc/settings.json'), 'utf8')).toBe(wrong)
})

test('the doctor names each wrong setting, and each file that is not there', () => {
  const examined = (text: string) => {
    const settings = file('settings.json', text)
    const read = readMachineSettings(settings, statSync(settings).uid)
    return examineSettings({ dataDir: folder.path, machine: { file: settings, ...read } })
  }
  expect(examined('{ "training": "yes" }')).toMatchObject([
    {
      part: 'settings',
      verdict: 'fault',
      found: expect.stringMatching(/training: text, must be true or false/u) as string,
    },
  ])
  expect(examined('{ "caFile": "/absent/ca.pem" }')).toMatchObject([
    { verdict: 'warning', found: expect.stringContaining('caFile: not there') as string },
  ])
  expect(examined('{ "training": true }')).toMatchObject([{ verdict: 'ok' }])
  expect(examineSettings({ dataDir: folder.path })).toEqual([])
})
