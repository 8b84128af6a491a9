import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeRecoveryKey } from '#electron/worker/keys/recovery.ts'
import { valueOf, temporaryFolder } from '#tests/builders/register.ts'
import { anOfficeFile, aPlatformKey, officeBytes } from '#tests/builders/platformKeys.ts'
import { backUpRegister } from './backUpRegister.ts'
import { beginRegister } from './beginRegister.ts'
import type { CommandContext } from './command.ts'
import { recoverRegister } from './recoverRegister.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
  mkdirSync(join(folder.path, 'share'))
})
afterEach(() => {
  folder.remove()
})

/** A command on a machine that has a second folder, with these options. */
const context = (options: CommandContext['options'] = {}): CommandContext => ({
  options,
  positionals: [],
  machine: { file: 'settings.json', settings: { backupDir: join(folder.path, 'share') }, wrong: [] },
  dataDir: join(folder.path, 'data'),
  platformUrl: undefined,
  env: { GUICHET_PASSPHRASE: 'quatre mots au moins' },
  json: false,
  signal: new AbortController().signal,
  stdin: () => Promise.reject(new Error('no input')),
  progress: () => undefined,
  line: () => undefined,
})
const copies = (): readonly string[] =>
  readdirSync(join(folder.path, 'share'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.db'))

test('a copy that is asked for lies in the second folder too, but that of a folder which the command names does not', async () => {
  const by = aPlatformKey()

  valueOf(await beginRegister(context(), { file: officeBytes(anOfficeFile(by), by), fingerprint: by.fingerprint }))
  valueOf(await backUpRegister(context({ data: join(folder.path, 'data') })))
  expect(copies()).toEqual([])
  expect(valueOf(await backUpRegister(context()))).toMatchObject({
    json: { second: join(folder.path, 'share', 'RAB03-G2') },
  })
  expect(copies()).not.toEqual([])
})

test('what lies in the second folder is opened by the recovery key of the office, whether a window ever ran or not', async () => {
  const by = aPlatformKey()
  const { identity, recipient } = await makeRecoveryKey()
  const settings = { backupDir: join(folder.path, 'share'), recoveryKey: recipient }
  const here = { ...context(), machine: { file: 'settings.json', settings, wrong: [] } }
  valueOf(await beginRegister(here, { file: officeBytes(anOfficeFile(by), by), fingerprint: by.fingerprint }))
  valueOf(await backUpRegister(here))
  writeFileSync(join(folder.path, 'office.txt'), identity)
  const there = {
    ...context({ from: join(folder.path, 'share', 'RAB03-G2'), identity: join(folder.path, 'office.txt') }),
    dataDir: join(folder.path, 'new'),
    env: { GUICHET_PASSPHRASE: 'cinq autres mots au moins' },
  }
  valueOf(await recoverRegister(there))
  valueOf(await backUpRegister({ ...there, options: {}, machine: undefined }))
})

test('a second folder that is not there is said', async () => {
  const by = aPlatformKey()
  valueOf(await beginRegister(context(), { file: officeBytes(anOfficeFile(by), by), fingerprint: by.fingerprint }))
  rmSync(join(folder.path, 'share'), { recursive: true })
  expect(await backUpRegister(context())).toMatchObject({ fault: { code: 'file.unwritable' } })
})
