import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TypedLetter } from '#shared/domain/mail/letter.ts'
import { temporaryFolder, valueOf } from '#tests/builders/register.ts'
import {
  devicesWith,
  paperTrail,
  resources,
  startWorker,
  type TestWindow,
  type TestWorker,
} from '#tests/builders/worker.ts'
import { filesOfZip } from '#tests/builders/zip.ts'

const folder = temporaryFolder()
let worker: TestWorker
let desk: TestWindow
/** A form of one field. */
const formOf = async (field: string): Promise<Uint8Array> => {
  const document = await PDFDocument.create()
  const box = { x: 60, y: 600, width: 300, height: 20, borderWidth: 0 }
  document.getForm().createTextField(field).addToPage(document.addPage(), box)
  return document.save()
}
beforeAll(async () => {
  const own = join(folder.path, 'models')
  mkdirSync(own)
  copyFileSync(join(resources, 'models', 'Lettre-AR.docx'), join(own, 'Convocation.docx'))
  writeFileSync(join(own, '~$Convocation.docx'), 'open')
  writeFileSync(join(own, 'Cassé.DOCX'), 'rien')
  writeFileSync(join(own, 'Formulaire.pdf'), await formOf('objet'))
  symlinkSync(join(resources, 'models', 'Lettre-FR.docx'), join(own, 'Ailleurs.docx'))
  worker = startWorker(folder.path, devicesWith(paperTrail(join(folder.path, 'paper.txt'))))
  desk = worker.at('clerk')
  valueOf(await desk.ask('session.signIn', { login: 'clerk', password: 'guichet-demo' }))
})
afterAll(async () => {
  await worker.close()
  folder.remove()
})
const letter: TypedLetter = {
  register: 'departure',
  receivedOn: '2026-11-21',
  mode: 'post',
  sender: { name: 'Nous' },
  recipients: [{ name: 'Cadastre spécimen', nameAr: 'المحافظة' }],
  subject: 'Levé de la parcelle',
  kind: 'letter',
  service: 'EC',
}

test('models of the office come first, beside those that come along; what is no file of it is none', async () => {
  expect(valueOf(await desk.ask('mail.models', {})).models).toEqual([
    'Cassé',
    'Convocation',
    'Formulaire',
    'Lettre-AR',
    'Lettre-FR',
  ])
})

test('a letter that is being written becomes a document that names it, with a code once its reference was given', async () => {
  const { text } = valueOf(await desk.ask('mail.giveReference', { commandId: v7(), service: 'EC' }))
  const asked = { ...letter, reference: text, theirReference: 'CF/2026/3398' }
  const made = valueOf(await desk.ask('mail.fillModel', { model: 'Convocation', letter: asked }))
  expect(made.name).toBe(`${text.replaceAll('/', '-')}.docx`)
  const files = filesOfZip(made.bytes)
  const said = files.get('word/document.xml')?.toString('utf8') ?? ''
  for (const one of [text, 'CF/2026/3398', 'Levé de la parcelle', 'المحافظة', 'الحالة المدنية'])
    expect(said).toContain(one)
  expect([...files.keys()].some((file) => file.startsWith('word/media/'))).toBe(true)
  const typed = valueOf(
    await desk.ask('mail.fillModel', { model: 'Convocation', letter: { ...letter, reference: 'X/1' } }),
  )
  expect([...filesOfZip(typed.bytes).keys()].some((file) => file.startsWith('word/media/'))).toBe(false)
})

test('a form becomes a PDF', async () => {
  const { bytes, name } = valueOf(await desk.ask('mail.fillModel', { model: 'Formulaire', letter }))
  expect(name).toBe('Formulaire.pdf')
  expect((await PDFDocument.load(bytes)).getForm().getFields()).toEqual([])
})

test.each([
  ['one that is not there', '../../etc/passwd', 'model.unknown'],
  ['one that leads elsewhere', 'Ailleurs', 'model.unknown'],
  ['one that is no document', 'Cassé', 'model.unreadable'],
])('is refused in words: %s', async (_, model, code) => {
  expect(await desk.ask('mail.fillModel', { model, letter })).toMatchObject({ fault: { code } })
})
