import { expect, test } from 'vitest'
import { commandEnvironment } from '#electron/main/commandWords.ts'
import { readSettings } from '#electron/main/settings.ts'

// What is tried: with the desk's account alone, by its environment, to have a country of one's own believed, a program of
// one's own run inside the worker, or the register and its copies lie where one reads them.

test('in a package the environment says neither where the register is, who is believed, by which way, nor which program runs', () => {
  const env = {
    GUICHET_DATA: '/tmp/elsewhere',
    GUICHET_SPOOL: '/tmp/elsewhere',
    GUICHET_TRUST: 'roots',
    GUICHET_CSCA: 'csca',
    GUICHET_CA: 'ca.pem',
    GUICHET_BACKUP: '/tmp/copies',
    GUICHET_RECOVERY: 'age1mallory',
    GUICHET_PLUGINS: 'plugins.json',
    GUICHET_TICKET_PRINTER: 'mallory.example:9100',
    GUICHET_SQLITE_BINDING: 'elsewhere.node',
    GUICHET_PLATFORM: 'https://mallory.example',
    GUICHET_DEMO: '1',
    GUICHET_TRAINING: '1',
    HTTPS_PROXY: 'http://mallory.example:8080',
    https_proxy: 'http://mallory.example:8080',
  }
  const ofMachine = { csca: '/of/the/machine', platform: 'https://platform.example', dataDir: '/var/lib/guichet' }
  expect(readSettings(env, [], ofMachine)).toMatchObject({
    settings: {
      dataDir: '/var/lib/guichet',
      spoolDir: undefined,
      trustDir: undefined,
      cscaDir: '/of/the/machine',
      pluginsFile: undefined,
      ticketPrinter: undefined,
      sqliteBinding: undefined,
      backupDir: undefined,
      recoveryKey: undefined,
      platformUrl: 'https://platform.example',
      demo: false,
      training: false,
    },
    wrong: [],
  })
  expect(readSettings(env, [], ofMachine).settings.network).toEqual({})
  expect(readSettings(env, [], {}).settings.dataDir).toBeUndefined()
  expect(readSettings({}, [], { training: true }).settings).toMatchObject({ training: true, demo: false })
  expect(readSettings(env, []).settings).toMatchObject({ cscaDir: 'csca', sqliteBinding: 'elsewhere.node' })
})

test('in a package the environment names neither trust nor native parts, and makes no demonstration', () => {
  const env = { HOME: '/home/desk', GUICHET_DEMO: '1', GUICHET_CSCA: '/tmp/x', GUICHET_SQLITE_BINDING: '/tmp/x.node' }
  expect(commandEnvironment(env, {}, undefined)).toEqual({ HOME: '/home/desk' })
})
