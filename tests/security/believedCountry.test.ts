import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { commandEnvironment } from '#electron/main/commandWords.ts'
import { readSettings } from '#electron/main/settings.ts'
import type { CountrySigner } from '#shared/domain/identity/countrySigner.ts'
import { sha256Hex } from '#shared/ids.ts'
import type { InstalledPlugin } from '#shared/ports/nationalCard.ts'
import { ok } from '#shared/result.ts'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { openTestStore, temporaryFolder } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, startWorker } from '#tests/builders/worker.ts'

// What is tried: with the desk's account alone, by its environment, to have a country of one's own believed, a program of
// one's own run inside the worker, or the register and its copies lie where one reads them.

test('in a package the environment says neither where the register is, who is believed, by which way, nor which program runs', () => {
  const env = {
    GUICHET_DATA: '/elsewhere',
    GUICHET_SPOOL: '/elsewhere',
    GUICHET_TRUST: 'roots',
    GUICHET_CSCA: 'csca',
    GUICHET_CA: 'ca.pem',
    GUICHET_BACKUP: '/copies',
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
  const env = { HOME: '/desk', GUICHET_DEMO: '1', GUICHET_CSCA: '/x', GUICHET_SQLITE_BINDING: '/x.node' }
  expect(commandEnvironment(env, {}, undefined)).toEqual({ HOME: '/desk' })
})

test('whom the machine makes believed, and which program reads cards, is in the journal whenever it changed', async () => {
  const folder = temporaryFolder()
  const signerOf = (country: string, digit: string): CountrySigner => ({
    fingerprint: sha256Hex.parse(digit.repeat(64)),
    country,
    subject: `C=${country}`,
    validFrom: '2020-01-01T00:00:00.000Z',
    validUntil: '2030-01-01T00:00:00.000Z',
  })
  const started = async (installed: readonly CountrySigner[], plugins: readonly InstalledPlugin[]) => {
    const devices = devicesWith(paperTrail(join(folder.path, 'paper.txt')))
    const asked = vi.fn(() => Promise.resolve(ok(plugins)))
    const worker = startWorker(folder.path, {
      ...devices,
      signers: { ...devices.signers, installed: () => Promise.resolve(ok(installed)) },
      plugins: asked,
    })
    await vi.waitFor(() => {
      expect(asked).toHaveBeenCalled()
    })
    await worker.ask('app.state', {})
    await worker.close()
    const store = openTestStore(folder.path)
    const links = [...journalLinks(store.db)]
      .filter(({ kind }) => kind === 'trust.installed')
      .map(({ body }): unknown => JSON.parse(body))
    store.close()
    return links
  }
  const [ma, be] = [signerOf('MA', 'a'), signerOf('BE', 'b')]
  const plugin = { name: 'national', sha256: 'c'.repeat(64) }
  expect(await started([], [])).toEqual([])
  const first = { added: { BE: [be.fingerprint], MA: [ma.fingerprint] }, removed: {}, plugins: [] }
  expect(await started([ma, be], [])).toEqual([first])
  expect(await started([be, ma], [])).toEqual([first])
  const second = { added: {}, removed: { BE: [be.fingerprint] }, plugins: [plugin] }
  expect(await started([ma], [plugin])).toEqual([first, second])
  folder.remove()
})
