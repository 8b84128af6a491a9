import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelFields, type ModelTexts } from '#shared/domain/mail/modelFields.ts'
import { referenceCode } from '#shared/domain/mail/ownReference.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { filesOfZip, zipOf } from '#tests/builders/zip.ts'
import { readQrCodes } from '../scan/codes.ts'
import { fillModel } from './fillModel.ts'
import { isWithin } from './zipBounds.ts'

const texts = Object.fromEntries(modelFields.map((field) => [field, `<${field}> & co`])) as ModelTexts
const model = (name: string): Buffer => readFileSync(join(resources, 'models', name))
const documentOf = (docx: Uint8Array): string => filesOfZip(docx).get('word/document.xml')?.toString('utf8') ?? ''
const withDocument = (change: (xml: string) => string): Buffer =>
  zipOf(
    [...filesOfZip(model('Lettre-FR.docx'))].map(([name, bytes]) => ({
      name,
      bytes: name === 'word/document.xml' ? Buffer.from(change(bytes.toString('utf8'))) : bytes,
    })),
  )
const withText = (text: string): Buffer => withDocument((xml) => xml.replace('{objet}', text))

describe('the models that come along', () => {
  test.each([
    ['Lettre-FR.docx', /N\/Réf : .*&lt;n_ref&gt; &amp; co/u],
    ['Lettre-AR.docx', /مرجعنا: .*&lt;n_ref&gt; &amp; co/u],
  ])('say what a letter says, and bear the code by which it is known: %s', async (name, said) => {
    const code = referenceCode('RAB03', 'URB/2026/M1-0042')
    const docx = valueOf(await fillModel(model(name), texts, code))
    const document = documentOf(docx)
    expect(document.replaceAll(/<\/?w:[^>]*>/g, '')).toMatch(said)
    expect(document).not.toMatch(/\{\w+\}/)
    const picture = [...filesOfZip(docx)].find(([file]) => file.endsWith('.bmp'))?.[1]
    if (picture === undefined) throw new Error('no picture')
    expect((await readQrCodes(rasterOf(picture))).map((one) => one.text)).toEqual([code])
  })

  test('have no picture where a letter has no reference of ours', async () => {
    const docx = valueOf(await fillModel(model('Lettre-FR.docx'), texts))
    expect([...filesOfZip(docx).keys()].filter((file) => file.includes('media'))).toEqual([])
    expect(documentOf(docx)).not.toContain('{code}')
  })
})

test('a field that nothing fills is named; nothing is left out in silence', async () => {
  expect(await fillModel(withText('{objet} {destinatire}'), texts)).toMatchObject({
    fault: { code: 'model.unknownField', values: { field: 'destinatire' } },
  })
})

describe('a model that is none', () => {
  const bomb = { name: 'word/document.xml', bytes: Buffer.alloc(80 * 1024 * 1024), claimed: 12 }
  test.each([
    ['no archive', Buffer.from('{\\rtf1 bonjour}')],
    ['an empty one', Buffer.alloc(0)],
    ['cut off', model('Lettre-FR.docx').subarray(0, 900)],
    ['an archive of something else', zipOf([{ name: 'a.txt', bytes: Buffer.from('a') }])],
    ['larger than it says', zipOf([bomb])],
    ['braces that never end', withText('{objet')],
    ['no XML', withDocument(() => 'bonjour')],
  ])('is refused: %s', async (_, bytes) => {
    expect(await fillModel(bytes, texts)).toMatchObject({ fault: { code: 'model.unreadable' } })
  })
})

test('no bytes whatever end in anything but an answer', () => {
  const whole = model('Lettre-FR.docx')
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 40 }), (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, to] of changes) bytes[at] = to
      expect(typeof isWithin(bytes, 1_000_000)).toBe('boolean')
    }),
  )
})

/** The grey dots of a picture of one bit a dot. */
function rasterOf(bmp: Buffer) {
  const [width, height, begin] = [bmp.readInt32LE(18), bmp.readInt32LE(22), bmp.readUInt32LE(10)]
  const row = Math.ceil(width / 32) * 4
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return ((bmp[begin + (height - 1 - y) * row + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0 ? 0 : 255
  })
  return { data, width, height, dpi: 300 }
}
