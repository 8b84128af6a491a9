import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { v7 } from 'uuid'
import { journalLinks } from '#electron/worker/journal/rows/journalRows.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'
import { depositFor } from '#tests/builders/markedCitizen.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker, type TestWorker } from '#tests/builders/worker.ts'

// What is tried: to have something committed, or handed out, in the name of somebody who has locked the counter or left.

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
let worker: TestWorker
/** The dialog of the system, until somebody ends it. */
let dialog: PromiseWithResolvers<string | undefined>
let opened: PromiseWithResolvers<void>
const at = (name: string): string => join(folder.path, name)
const start = (): void => {
  worker = startWorker(folder.path, devicesWith(paperTrail(at('paper.txt'))), {
    chooseFile: () => {
      opened.resolve()
      return dialog.promise
    },
  })
}
beforeEach(() => {
  folder = temporaryFolder()
  dialog = Promise.withResolvers()
  opened = Promise.withResolvers()
  start()
})
afterEach(async () => {
  await worker.close()
  folder.remove()
})
async function kinds(): Promise<readonly string[]> {
  await worker.close()
  const store = openTestStore(folder.path)
  const seen = [...journalLinks(store.db)].map(({ kind }) => kind)
  store.close()
  return seen
}

test.each([
  ['a lock', 'session.lock'],
  ['a sign-out', 'session.signOut'],
] as const)('%s stops an act that waits for its second person', async (_, leaving) => {
  await signedIn(worker, 'supervisor')
  const { order } = await depositFor(worker)
  const cancelled = worker.ask('correction.cancel', {
    commandId: v7(),
    act: order.commandId,
    reason: 'spécimen',
    second: { login: 'agent', password: 'guichet-demo' },
  })
  valueOf(await worker.ask(leaving, {}))
  expect(await cancelled).toEqual(err(faultOf('session.none')))
  expect(await kinds()).not.toContain('request.cancelled')
})

/** Whoever comes next ends the dialog that somebody left open. */
async function endedByAnother(login: string, call: 'journal.export' | 'outbox.export' | 'device.support') {
  await signedIn(worker, login)
  const answer = worker.ask(call, {})
  await opened.promise
  valueOf(await worker.ask('session.lock', {}))
  dialog.resolve(at('handed-out'))
  expect(await answer).toEqual(err(faultOf('call.cancelled')))
  expect([existsSync(at('handed-out')), existsSync(at('handed-out.part'))]).toEqual([false, false])
}

test.each([
  ['the journal', 'auditor', 'journal.export', 'journal.exported'],
  ['what waits for the platform', 'supervisor', 'outbox.export', 'outbox.exported'],
  ['the file for support', 'admin', 'device.support', 'nothing'],
] as const)('%s is not handed out through a dialog that stayed open over a lock', async (_, login, call, link) => {
  await signedIn(worker)
  await depositFor(worker)
  await endedByAnother(login, call)
  expect(await kinds()).not.toContain(link)
})

test('nor in quarantine, where no link tells of it', async () => {
  await signedIn(worker)
  await worker.close()
  const register = ['register.db', 'register.db-wal']
  for (const name of register) if (existsSync(at(name))) cpSync(at(name), at(`${name}.kept`))
  start()
  await signedIn(worker)
  await depositFor(worker)
  await worker.close()
  for (const name of register) {
    rmSync(at(name), { force: true })
    if (existsSync(at(`${name}.kept`))) cpSync(at(`${name}.kept`), at(name))
  }
  start()
  expect(valueOf(await worker.ask('app.state', {})).quarantine).toBeDefined()
  await endedByAnother('auditor', 'journal.export')
})
