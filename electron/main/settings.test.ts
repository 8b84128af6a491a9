import { describe, expect, it, test } from 'vitest'
import { readSettings, windowsAsked } from './settings.ts'

describe('readSettings', () => {
  it('is the plain program when nothing is set', () => {
    expect(readSettings({ PATH: '/bin' }, ['guichet'])).toMatchObject({
      dataDir: undefined,
      platformUrl: undefined,
      training: false,
      demo: false,
      smoke: false,
    })
  })

  it('reads every setting', () => {
    const env = {
      GUICHET_DATA: '/data',
      GUICHET_PLATFORM: 'http://localhost:8080',
      GUICHET_TRAINING: '1',
      GUICHET_DEMO: '1',
      GUICHET_LANGUAGE: 'ar',
    }
    expect(readSettings(env, ['guichet', '--smoke'])).toMatchObject({
      dataDir: '/data',
      platformUrl: 'http://localhost:8080',
      training: true,
      demo: true,
      language: 'ar',
      smoke: true,
    })
  })

  it.each([
    { GUICHET_PLATFORM: 'file:///etc' },
    { GUICHET_PLATFORM: 'http://platform.example' },
    { GUICHET_TRAINING: 'yes' },
    { GUICHET_LANGUAGE: 'de' },
    { GUICHET_DATA: '' },
  ])('refuses %o', (env) => {
    expect(() => readSettings(env, [])).toThrow()
  })
})

test('in a package the environment says neither who is believed nor which program runs', () => {
  const env = {
    GUICHET_TRUST: 'roots',
    GUICHET_CSCA: 'csca',
    GUICHET_PLUGINS: 'plugins.json',
    GUICHET_SQLITE_BINDING: 'elsewhere.node',
    GUICHET_PLATFORM: 'https://mallory.example',
    GUICHET_DEMO: '1',
    GUICHET_TRAINING: '1',
  }
  expect(readSettings(env, [], { cscaDir: 'of the machine', platformUrl: 'https://platform.example' })).toMatchObject({
    trustDir: undefined,
    cscaDir: 'of the machine',
    pluginsFile: undefined,
    sqliteBinding: undefined,
    platformUrl: 'https://platform.example',
    demo: false,
    training: false,
  })
  expect(readSettings({}, [], { training: true })).toMatchObject({ training: true, demo: false })
  expect(readSettings(env, [])).toMatchObject({ cscaDir: 'csca', sqliteBinding: 'elsewhere.node' })
})

test('further windows are asked for by the kinds that exist', () => {
  expect(windowsAsked(['guichet', '--window=board', '--window=clerk', '--window=elsewhere', '--windows'])).toEqual([
    'board',
    'clerk',
  ])
})
