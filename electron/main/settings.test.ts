import { describe, expect, it, test } from 'vitest'
import { readSettings, windowsAsked } from './settings.ts'

describe('readSettings', () => {
  it('is the plain program when nothing is set', () => {
    expect(readSettings({ PATH: '/bin' }, ['guichet']).settings).toMatchObject({
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
    expect(readSettings(env, ['guichet', '--smoke']).settings).toMatchObject({
      dataDir: '/data',
      platformUrl: 'http://localhost:8080',
      training: true,
      demo: true,
      language: 'ar',
      smoke: true,
    })
  })

  it.each([
    [{ GUICHET_PLATFORM: 'file:///etc' }, 'platform'],
    [{ GUICHET_PLATFORM: 'http://platform.example' }, 'platform'],
    [{ GUICHET_TRAINING: 'yes' }, 'switch'],
    [{ GUICHET_LANGUAGE: 'de' }, 'language'],
    [{ GUICHET_DATA: '' }, 'folder'],
  ])('names what is wrong with %o', (env, right) => {
    expect(readSettings(env, []).wrong).toMatchObject([{ name: Object.keys(env)[0], right }])
  })

  it('names every wrong one at once', () => {
    expect(readSettings({ GUICHET_TRAINING: '2', GUICHET_LANGUAGE: 'de', GUICHET_DATA: '' }, []).wrong).toHaveLength(3)
  })
})

test('the way to the platform is of the machine, and of the environment only where the machine says so', () => {
  const env = { https_proxy: 'http://desk.example:3128', no_proxy: 'intranet.example' }
  const networkOf = (machine?: Parameters<typeof readSettings>[2]) => readSettings(env, [], machine).settings.network
  expect(networkOf()).toEqual({ proxy: 'http://desk.example:3128', except: 'intranet.example' })
  expect(networkOf({})).toEqual({})
  expect(networkOf({ proxyFromEnvironment: true })).toEqual(networkOf())
  expect(networkOf({ proxy: 'http://proxy.example:3128', caFile: '/etc/guichet/ca.pem' })).toEqual({
    proxy: 'http://proxy.example:3128',
    caFile: '/etc/guichet/ca.pem',
  })
})

test('an office file without its fingerprint, or the other way round, begins nothing', () => {
  expect(readSettings({}, [], { officeFile: '/etc/guichet/office.json' }).wrong).toMatchObject([
    { name: 'officeFingerprint', found: 'nothing' },
  ])
  expect(readSettings({}, [], { officeFingerprint: 'x' }).wrong).toMatchObject([{ name: 'officeFile' }])
})

test('further windows are asked for by the kinds that exist', () => {
  expect(windowsAsked(['guichet', '--window=board', '--window=clerk', '--window=elsewhere', '--windows'])).toEqual([
    'board',
    'clerk',
  ])
})
