import { join } from 'node:path'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { labelCode } from '#shared/domain/mail/label.ts'
import { referenceCode } from '#shared/domain/mail/ownReference.ts'
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

test('a letter of ours that comes back signed is known by its code: what it answers, and once only', async () => {
  const { today } = valueOf(await desk.ask('mail.settings', {}))
  const usual = { receivedOn: today, mode: 'post', kind: 'letter' } as const
  const asked = valueOf(
    await desk.ask('mail.register', {
      commandId: v7(),
      letter: { ...usual, register: 'arrival', sender: { name: 'Cadastre spécimen' }, subject: 'Levé' },
    }),
  ).letter
  const { text } = valueOf(
    await desk.ask('mail.giveReference', { commandId: v7(), service: 'État civil', inReplyTo: asked.number }),
  )
  const [office = ''] = (asked.number.split('/')[1] ?? '').split('-')
  const coded = (code: string) => stackOf(stickered([{ text: code, x: 420, y: 740, side: 80 }]))
  const bytes = new Uint8Array(await coded(referenceCode(office, text)))
  const [document] = valueOf(await desk.ask('mail.split', { bytes })).documents
  expect(document).toMatchObject({ references: [text] })
  expect(document?.foreign).toBeUndefined()
  expect(valueOf(await desk.ask('mail.reference', { text }))).toMatchObject({
    is: 'open',
    reference: { service: 'État civil', inReplyTo: asked.number },
  })
  const letter = { ...usual, register: 'departure', sender: { name: 'Nous' }, subject: 'Levé' } as const
  const answer = valueOf(
    await desk.ask('mail.register', {
      commandId: v7(),
      letter: { ...letter, recipients: [asked.sender], reference: text, inReplyTo: asked.number },
      files: [{ sha256: document?.sha256 ?? '', name: 'signée.pdf' }],
    }),
  ).letter
  expect(answer.files).toMatchObject([{ name: 'signée.pdf' }])
  expect(valueOf(await desk.ask('mail.show', { number: asked.number }))).toMatchObject({
    state: 'answered',
    answers: [answer.number],
  })
  expect(valueOf(await desk.ask('mail.reference', { text }))).toEqual({ is: 'sent', departure: answer.number })

  const foreign = new Uint8Array(await coded(referenceCode('FES01', text)))
  expect(valueOf(await desk.ask('mail.split', { bytes: foreign })).documents[0]?.references).toBeUndefined()
})
