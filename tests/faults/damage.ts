import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { pressHere } from '#electron/press/pressHere.ts'
import { composeWorker } from '#electron/worker/compose.ts'
import { createSessions } from '#electron/worker/core/sessions.ts'
import { systemClock } from '#electron/worker/core/systemClock.ts'
import { openTestStore, testKey } from '#tests/builders/register.ts'
import {
  devicesWith,
  paperTrail,
  resources,
  signedIn,
  startWorker,
  type TestWorker,
  sheetsOf,
} from '#tests/builders/worker.ts'
import { whatFails } from './holds.ts'
import type { HeardAct } from './kill.ts'

/** How a register came back after damage; `noticed`: it worked, and the check of its pages names the damage. */
export type Came = 'whole' | 'quarantined' | 'refused' | 'noticed' | 'REUSED' | 'LOST'

/** A whole number from 0, below another. */
export const random = (below: number): number => Math.floor(Math.random() * below)

/** Kinds of damage done to the files of a register that was killed; `older` is a folder with an earlier copy of it. */
export const damages: Readonly<Record<string, (folder: string, older: string) => void>> = {
  'bit of the log': (folder) => {
    flip(join(folder, 'register.db-wal'))
  },
  'log cut': (folder) => {
    truncateSync(join(folder, 'register.db-wal'), random(readFileSync(join(folder, 'register.db-wal')).length))
  },
  'log lost': (folder) => {
    rmSync(join(folder, 'register.db-wal'))
  },
  'bit of the file': (folder) => {
    // Everything in the file first: what the log holds would hide it.
    openTestStore(folder).close()
    flip(join(folder, 'register.db'))
  },
  'old copy': (folder, older) => {
    for (const name of ['register.db', 'register.db-wal']) {
      rmSync(join(folder, name), { force: true })
      if (existsSync(join(older, name))) cpSync(join(older, name), join(folder, name))
    }
  },
}

/** Turns one bit of a file over. */
export const flip = (path: string): void => {
  const bytes = readFileSync(path)
  const at = random(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
  writeFileSync(path, bytes)
}

/** Damages a copy of a register and lets a counter work on it: what came of the acts, and was a number given again? */
export async function damageAndWork(
  base: string,
  older: string,
  trial: string,
  damage: string,
  heard: readonly HeardAct[],
): Promise<Came> {
  rmSync(trial, { recursive: true, force: true })
  mkdirSync(trial)
  cpSync(base, trial, { recursive: true })
  damages[damage]?.(trial, older)
  const devices = devicesWith(paperTrail(join(trial, 'paper.txt')))
  const parts = {
    dataDir: trial,
    resourcesDir: resources,
    key: testKey,
    devices,
    press: pressHere({ resourcesDir: resources }),
    clock: systemClock,
    demo: true,
    training: false,
  }
  const opened = tryTo(() =>
    composeWorker({ ...parts, versions: { app: '0', electron: 'none', standIn: false }, sessions: createSessions() }),
  )
  if (opened?.ok !== true) return 'refused'
  await opened.value.close()
  const worker = startWorker(trial, devices)
  try {
    const given = await depositAt(await signedIn(worker))
    if (given === 'register.quarantined') return 'quarantined'
    if (![...given].includes('/')) return 'refused'
    if (heard.some(({ evidence }) => evidence === given)) return 'REUSED'
  } catch {
    return 'refused'
  } finally {
    await worker.close().catch(() => undefined)
  }
  const store = openTestStore(trial)
  const damaged = tryTo(() => store.check())?.length !== 0
  const failed = damaged ? [] : whatFails(store, heard)
  store.close()
  return damaged ? 'noticed' : failed.length === 0 ? 'whole' : 'LOST'
}

/** One deposit: its number, or the code of the fault. */
export async function depositAt(worker: TestWorker, commandId: string = v7()): Promise<string> {
  const citizen = await worker.ask('identity.type', {
    identity: { familyName: 'SPÉCIMEN', givenNames: 'Omar' },
    reason: 'noCard',
  })
  // Who looks at a person is recorded first: a register that takes nothing refuses that too.
  if (!citizen.ok) return citizen.fault.code
  const [sheet] = await sheetsOf(worker)
  if (sheet === undefined) throw new Error('no sheet')
  const pieces = sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const }))
  const issued = await worker.ask('receipt.issue', {
    commandId,
    identityId: citizen.value.identityId,
    draft: { procedure: sheet.code, procedureVersion: sheet.version, pieces },
  })
  return issued.ok ? issued.value.number : issued.fault.code
}

/** Deposits, and keeps what was heard; the number, or the code of the fault. */
export const depositor = (worker: TestWorker, heard: HeardAct[]) => async (): Promise<string> => {
  const commandId = v7()
  const given = await depositAt(worker, commandId)
  if (given.includes('/')) heard.push({ kind: 'request.deposited', id: commandId, evidence: given })
  return given
}

const tryTo = <T>(act: () => T): T | undefined => {
  try {
    return act()
  } catch {
    return undefined
  }
}
