import { degrees, PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelFields, type ModelTexts } from '#shared/domain/mail/modelFields.ts'
import { referenceCode } from '#shared/domain/mail/ownReference.ts'
import { withoutControls } from '#shared/domain/receipt/receiptText.ts'
import { valueOf } from '#tests/builders/register.ts'
import { resources } from '#tests/builders/worker.ts'
import { openPages } from '../scan/pages.ts'
import { readQrCodes } from '../scan/codes.ts'
import { openPress } from '../openPress.ts'

const press = openPress({ resourcesDir: resources })
const texts = Object.fromEntries(modelFields.map((field) => [field, ''])) as ModelTexts

type Boxes = Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>
/** A form with a box for each field. */
const formOf = async (boxes: Boxes, turned = 0): Promise<PDFDocument> => {
  const document = await PDFDocument.create()
  const page = document.addPage([595, 842])
  page.setRotation(degrees(turned))
  for (const [name, [x, y, width, height]] of Object.entries(boxes))
    document.getForm().createTextField(name).addToPage(page, { x, y, width, height, borderWidth: 0 })
  return document
}
const usual: Boxes = {
  objet: [60, 600, 300, 20],
  destinataire_ar: [300, 700, 240, 40],
  n_ref: [60, 560, 200, 18],
  code: [460, 60, 80, 80],
}
const said = {
  ...texts,
  objet: 'Levé de la parcelle',
  destinataire_ar: 'المحافظة العقارية بالرباط\nالقسم التقني',
  n_ref: 'URB/2026/M1-0042',
}
const filled = async (form: PDFDocument, over: Partial<ModelTexts> = {}, code?: string) =>
  press.fillModel({ model: await form.save(), texts: { ...said, ...over }, ...(code === undefined ? {} : { code }) })

const seen = async (pdf: Uint8Array) => {
  const pages = valueOf(await openPages(pdf))
  const [text, picture] = [valueOf(await pages.text(1)), valueOf(await pages.picture(1, 200))]
  pages.close()
  return { text: withoutControls(text), picture }
}

describe('a form as a model', () => {
  test('says what a letter says in its boxes, joined and in order, and bears the code; nothing of it is a form any more', async () => {
    const form = await formOf(usual)
    form.addJavaScript('greet', 'app.alert(1)')
    form.catalog.set(PDFName.of('OpenAction'), form.context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(2)') }))
    const code = referenceCode('RAB03', said.n_ref)
    const pdf = valueOf(await filled(form, {}, code))
    const { text, picture } = await seen(pdf)
    expect(text).toContain(said.objet)
    // Lines of both scripts are mixed by who takes the text out.
    expect((await seen(valueOf(await filled(await formOf(usual), { destinataire_ar: '' })))).text).toContain(said.n_ref)
    for (const one of ['المحافظة', 'العقارية', 'القسم']) expect(text).toContain(one)
    expect((await readQrCodes(picture)).map((one) => one.text)).toEqual([code])
    const after = await PDFDocument.load(pdf)
    expect(after.getForm().getFields()).toEqual([])
    for (const name of ['OpenAction', 'Names']) expect(after.catalog.has(PDFName.of(name))).toBe(false)
  })

  test.each([0, 90, 180, 270])('stands upright in its box on a page that is turned by %i', async (turned) => {
    const [x, y, width, height] = turned % 180 === 0 ? [100, 400, 300, 40] : [400, 100, 40, 300]
    const pdf = valueOf(await filled(await formOf({ objet: [x, y, width, height] }, turned)))
    const { text, picture } = await seen(pdf)
    expect(text).toContain(said.objet)
    const dark: (readonly [number, number])[] = []
    picture.data.forEach((tone, at) => {
      if (tone < 128) dark.push([at % picture.width, Math.floor(at / picture.width)])
    })
    const [across, down] = [dark.map(([one]) => one), dark.map(([, one]) => one)]
    const spread = (all: readonly number[]): number => Math.max(...all) - Math.min(...all)
    expect(dark.length).toBeGreaterThan(100)
    expect(spread(across)).toBeGreaterThan(4 * spread(down))
  })

  test('long texts take smaller letters; what has no room is named, never cut', async () => {
    const long = 'Réponse à votre demande de levé de la parcelle et de son annexe'
    expect(
      (await seen(valueOf(await filled(await formOf(usual), { objet: long })))).text.replaceAll(/\s+/g, ' '),
    ).toContain(long)
    for (const [objet, box] of [
      [long.repeat(20), [60, 600, 300, 20]],
      ['Levé', [60, 600, 3, 3]],
    ] as const)
      expect(await filled(await formOf({ objet: box }), { objet })).toMatchObject({
        fault: { code: 'model.noRoom', values: { field: 'objet' } },
      })
  })

  test('a field that nothing fills is named, a box to tick too', async () => {
    expect(await filled(await formOf({ ...usual, destinatire: [60, 300, 100, 20] }))).toMatchObject({
      fault: { code: 'model.unknownField', values: { field: 'destinatire' } },
    })
    const ticked = await formOf(usual)
    ticked.getForm().createCheckBox('urgent').addToPage(ticked.getPage(0))
    expect(await filled(ticked)).toMatchObject({ fault: { code: 'model.unknownField', values: { field: 'urgent' } } })
  })

  test('a letter that no font of ours has is said', async () => {
    expect(await filled(await formOf(usual), { objet: '漢' })).toMatchObject({
      fault: { code: 'receipt.glyphMissing' },
    })
  })

  test('a PDF that is no form, has too many pages, or is torn is refused in words', async () => {
    const long = await formOf(usual)
    for (let page = 0; page < 20; page += 1) long.addPage()
    for (const one of [await formOf({}), long])
      expect(await filled(one)).toMatchObject({ fault: { code: 'model.unreadable' } })
    const whole = await (await formOf(usual)).save()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: whole.length - 1 }),
        fc.nat(255),
        fc.boolean(),
        async (at, byte, cut) => {
          const torn = cut ? whole.slice(0, at) : whole.with(at, byte)
          const result = await press.fillModel({ model: torn, texts: said })
          if (!result.ok) expect(result.fault.code).toMatch(/^model\./)
        },
      ),
      { numRuns: 40 },
    )
  })
})
