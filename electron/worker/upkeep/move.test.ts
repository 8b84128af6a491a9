import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../core/systemClock.ts'
import { checkRollbackGuard } from '../journal/checkRollbackGuard.ts'
import { openKey, registerFile } from '../keys/openKey.ts'
import { makeRecoveryKey, recoverKey, wrapForRecovery } from '../keys/recovery.ts'
import { openStore } from '../store/open.ts'
import { counterId } from '#shared/ids.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'
import { copiesIn, makeBackup } from './backups.ts'
import { moveIn, moveOut } from './move.ts'
import { mirrorCopies } from './secondCopies.ts'

const passphrase = 'une phrase de passe'
let folder: ReturnType<typeof temporaryFolder>
let key: Uint8Array
const at = (name: string): string => join(folder.path, name)
beforeEach(async () => {
  folder = temporaryFolder()
  key = valueOf(await openKey(at('old'), { passphrase }))
})
afterEach(() => {
  folder.remove()
})
const workerIn = (name: string) => startWorker(at(name), devicesWith(paperTrail(at('paper.txt'))), { key })
const open = (name: string) => {
  const store = valueOf(openStore({ file: registerFile(at(name)), key, now: new Date().toISOString() }))
  const rollbackGuard = valueOf(checkRollbackGuard(at(name), key, store))
  const counter = counterId.parse('RAB03-G2')
  return { store, rollbackGuard, counter, key, dataDir: at(name), clock: systemClock }
}
const deposit = async (name: string): Promise<string> => {
  const worker = await signedIn(workerIn(name))
  try {
    return (await depositFor(worker)).deposit.number
  } finally {
    await worker.close()
  }
}
const arriving = (code: string) => ({ dataDir: at('new'), passphrase: 'une autre phrase', code, clock: systemClock })

test(
  'the new machine goes on with the next number, and the old one is read from then on',
  { timeout: 120_000 },
  async () => {
    expect(await deposit('old')).toMatch(/000001$/u)
    const { code } = valueOf(await moveOut(open('old'), at('stick')))
    // Here it is read, and says why; acts are refused.
    const old = await signedIn(workerIn('old'))
    expect(valueOf(await old.ask('app.state', {}))).toMatchObject({ quarantine: { code: 'register.movedOut' } })
    await expect(depositFor(old)).rejects.toThrow('register.movedOut')
    await old.close()
    expect(await moveIn(at('stick'), arriving('WRON-GCOD-E000-0000'))).toMatchObject({
      fault: { code: 'register.badPassphrase' },
    })
    expect(existsSync(at('new/register.db'))).toBe(false)
    expect(valueOf(await moveIn(at('stick'), arriving(code.toLowerCase().replaceAll('-', ' '))))).toMatchObject({
      counter: 'RAB03-G2',
    })
    expect(Buffer.from(valueOf(await openKey(at('new'), { passphrase: 'une autre phrase' })))).toEqual(Buffer.from(key))
    expect(await deposit('new')).toMatch(/000002$/u)
    // A stick is taken once, and never over a register.
    expect(await moveIn(at('stick'), { ...arriving(code), dataDir: at('third') })).toMatchObject({
      fault: { code: 'call.invalid' },
    })
    expect(await moveIn(at('stick'), arriving(code))).toMatchObject({ fault: { code: 'call.invalid' } })
  },
)

test(
  'copies are in the second folder, and with the office’s key the register comes back from there',
  { timeout: 60_000 },
  async () => {
    await deposit('old')
    const office = await makeRecoveryKey()
    await wrapForRecovery(at('old'), key, office.recipient)
    const { store } = open('old')
    await makeBackup(store, at('old'), new Date(), { free: 1e12, reserve: 0 })
    store.close()
    expect(await mirrorCopies(at('old'), at('share/RAB03-G2'))).toMatchObject({ fault: { code: 'file.unwritable' } })
    mkdirSync(at('share'))
    expect(valueOf(await mirrorCopies(at('old'), at('share/RAB03-G2')))).toBe(1)
    expect(valueOf(await mirrorCopies(at('old'), at('share/RAB03-G2')))).toBe(0)
    expect(copiesIn(at('share/RAB03-G2'))).toHaveLength(1)
    expect(readdirSync(at('share/RAB03-G2'))).toEqual(expect.arrayContaining(['recovery.json']))
    expect(Buffer.from(valueOf(await recoverKey(at('share/RAB03-G2'), office.identity)))).toEqual(Buffer.from(key))
    // What is past its time here goes there too.
    writeFileSync(at('share/RAB03-G2/register-2020-01-01T00-00-00Z.db'), 'old')
    await mirrorCopies(at('old'), at('share/RAB03-G2'))
    expect(copiesIn(at('share/RAB03-G2')).map(({ at: made }) => made.slice(0, 4))).not.toContain('2020')
  },
)
