import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { labelCode } from '#shared/domain/mail/label.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { pagesFrom, stackOf, stickered } from '#tests/builders/stacks.ts'
import { devicesWith, paperTrail, startWorker, type TestWindow, type TestWorker } from '#tests/builders/worker.ts'

// Each page is drawn and read at 300 dpi: a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const folder = temporaryFolder()
let worker: TestWorker
let desk: TestWindow
beforeAll(async () => {
  worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
  desk = worker.at('clerk')
  valueOf(await desk.ask('session.signIn', { login: 'clerk', password: 'guichet-demo' }))
})
afterAll(async () => {
  await worker.close()
  folder.remove()
})

test('a stack by its separators: looked at, cut where a second label says so, registered under its label', async () => {
  const sheets = valueOf(
    await desk.ask('mail.separators', { count: 1, service: 'URB', confidentiality: 'confidential' }),
  )
  const { labels } = valueOf(await desk.ask('mail.labels', { count: 2 }))
  const [one = '', two = ''] = labels
  const stack = await stackOf(
    pagesFrom(sheets.pdf, 1, 2),
    stickered([{ text: labelCode(one), x: 420, y: 740 }]),
    stickered([{ text: labelCode(two), x: 420, y: 740 }]),
  )
  const bytes = new Uint8Array(stack)
  const split = valueOf(await desk.ask('mail.split', { bytes }))
  expect(split.documents).toMatchObject([
    { pages: [3, 4], label: one, service: 'URB', confidentiality: 'confidential' },
  ])
  expect(split.stops).toEqual([{ page: 4, why: 'secondLabel' }])

  const picture = valueOf(await desk.ask('mail.picture', { bytes, page: 4 }))
  expect(picture).toMatchObject({ pages: 4, width: 992, height: 1403 })
  expect(await desk.ask('mail.picture', { bytes, page: 5 })).toMatchObject({ fault: { code: 'scan.pageTorn' } })

  const cut = valueOf(await desk.ask('mail.cut', { bytes, pages: [4] }))
  expect(cut.label).toBe(two)
  const registered = valueOf(
    await desk.ask('mail.register', {
      commandId: v7(),
      letter: {
        register: 'arrival',
        receivedOn: valueOf(await desk.ask('mail.settings', {})).today,
        mode: 'post',
        sender: { name: 'Commune spécimen' },
        subject: 'Seconde lettre',
        kind: 'letter',
        label: cut.label,
      },
      files: [{ sha256: cut.sha256, name: 'pile 4.pdf' }],
    }),
  )
  expect(registered.letter.letter.label).toBe(two)
  expect(registered.letter.files).toMatchObject([{ mime: 'application/pdf', name: 'pile 4.pdf' }])
})
