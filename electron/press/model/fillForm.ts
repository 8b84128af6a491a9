import { degrees, PDFDict, PDFDocument, PDFName, PDFTextField, type PDFForm, type PDFPage } from '@cantoo/pdf-lib'
import type { Content } from 'pdfmake'
import { modelCode, modelFields, type ModelTexts } from '#shared/domain/mail/modelFields.ts'
import { checkLetters } from '#shared/domain/papers/glyphs.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { PdfEngine, Sheet } from '../engine/engine.ts'
import { drawQr } from '../engine/qr.ts'
import { textNode } from '../engine/setting.ts'

/** Whether a model is a form (PDF); else it is a document (DOCX). */
export const isForm = (model: Uint8Array): boolean => Buffer.from(model.subarray(0, 5)).toString('latin1') === '%PDF-'

/** A letter of more pages, or with more fields, is none. */
const [mostPages, mostFields] = [20, 200]
/** Of letters, in points: what a field says takes smaller ones where it is long, and never cuts a word. */
const sizes = [11, 10, 9, 8, 7, 6] as const

type Field = keyof ModelTexts
const isField = (name: string): name is Field => modelFields.some((one) => one === name)

/** A place of a form: what stands there, and where, in the space of its page. */
interface Place {
  readonly name: Field | typeof modelCode
  readonly page: PDFPage
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/**
 * A model letter that is a form (PDF, AcroForm) with what a letter says in the boxes of its fields, which are fields no
 * longer: nothing that was in the form runs where the letter is read. Texts are set by the engine of our papers, since
 * viewers neither join Arabic letters nor order their lines in a field. Faults: model.unreadable, model.unknownField
 * (`field`), model.noRoom (`field`), receipt.glyphMissing.
 * @param code what the letter is known by when it comes back; absent: the place of the code is left empty
 */
export async function fillForm(
  model: Uint8Array,
  { texts, code }: { readonly texts: ModelTexts; readonly code?: string | undefined },
  engine: PdfEngine,
): Promise<Result<Uint8Array>> {
  const opened = await openForm(model)
  if (!opened.ok) return opened
  const { document, places } = opened.value
  for (const place of places) {
    const { name, box } = place
    const text = name === modelCode ? (code ?? '') : texts[name]
    if (text.trim() === '') continue
    const size = upright(place)
    if (size.width < 8 || size.height < 6) return noRoom(name)
    const printable = checkLetters(text.replaceAll('\n', ''), engine.fonts.has)
    if (!printable.ok) return printable
    const drawn = await (name === modelCode ? engine.print([codeSheet(text, size)]) : textSheet(text, size, engine))
    if (!drawn.ok) return drawn.fault.code === 'paper.misfit' ? noRoom(name) : drawn
    const [laid] = await document.embedPdf(drawn.value)
    if (laid !== undefined) place.page.drawPage(laid, { ...cornerOf(box, turnOf(place)), ...size })
  }
  return ok(await document.save({ addDefaultPage: false, updateFieldAppearances: false }))
}

const noRoom = (field: string): Result<never> => err(faultOf('model.noRoom', undefined, { field }))

async function openForm(
  model: Uint8Array,
): Promise<Result<{ readonly document: PDFDocument; readonly places: readonly Place[] }>> {
  try {
    const document = await PDFDocument.load(model, { updateMetadata: false })
    const form = document.getForm()
    const fields = form.getFields()
    if (fields.length === 0 || fields.length > mostFields || document.getPageCount() > mostPages)
      return err(faultOf('model.unreadable', `${String(fields.length)} fields`))
    const stranger = fields.find(
      (field) => !(field instanceof PDFTextField && (isField(field.getName()) || field.getName() === modelCode)),
    )
    if (stranger !== undefined)
      return err(faultOf('model.unknownField', undefined, { field: stranger.getName().slice(0, 60) }))
    const places = placesOf(document, form)
    for (const name of ['AcroForm', 'OpenAction', 'AA', 'Names']) document.catalog.delete(PDFName.of(name))
    for (const page of document.getPages()) withoutFields(page)
    return ok({ document, places })
  } catch (cause) {
    return err(faultOf('model.unreadable', cause instanceof Error ? cause.message.slice(0, 120) : undefined))
  }
}

/** Leaves of a page what is printed of it. */
function withoutFields({ node }: PDFPage): void {
  node.delete(PDFName.of('AA'))
  const annotations = node.Annots()
  for (let at = (annotations?.size() ?? 0) - 1; at >= 0; at -= 1)
    if (annotations?.lookupMaybe(at, PDFDict)?.get(PDFName.of('Subtype')) === PDFName.of('Widget'))
      annotations.remove(at)
}

/** Where each field stands: one may stand in several places. */
const placesOf = (document: PDFDocument, form: PDFForm): readonly Place[] =>
  form.getFields().flatMap((field) =>
    field.acroField.getWidgets().flatMap((widget) => {
      const [name, ref] = [field.getName(), document.context.getObjectRef(widget.dict)]
      const page = document
        .getPages()
        .find((one) => one.ref === widget.P() || (ref !== undefined && one.node.Annots()?.indexOf(ref) !== undefined))
      const isPlace = page !== undefined && (isField(name) || name === modelCode)
      return isPlace ? [{ name, page, box: widget.getRectangle() }] : []
    }),
  )

const turnOf = ({ page }: Place): number => ((page.getRotation().angle % 360) + 360) % 360
/** The size of a box as it is seen on its page. */
const upright = (place: Place): { width: number; height: number } => {
  const { width, height } = place.box
  return turnOf(place) % 180 === 0 ? { width, height } : { width: height, height: width }
}
/** The lower left corner of a box as it is seen, in the space of a page that its viewer turns clockwise. */
const cornerOf = ({ x, y, width, height }: Place['box'], turn: number) => ({
  x: turn === 90 || turn === 180 ? x + width : x,
  y: turn === 180 || turn === 270 ? y + height : y,
  rotate: degrees(turn),
})

const sheetOf = (size: Sheet['size'], content: Content): Sheet => ({
  title: 'modèle',
  size,
  margins: { left: 1, top: 0, right: 1, bottom: 0 },
  content,
  pages: 1,
})

/** The largest letters in which every word has its room. */
async function textSheet(text: string, size: Sheet['size'], engine: PdfEngine): Promise<Result<Uint8Array>> {
  const lines = text.split('\n')
  const sheet = (letters: number): Sheet =>
    sheetOf(size, {
      stack: lines.map((line) =>
        textNode(line, { side: /\p{Script=Arabic}/u.test(line) ? 'ar' : 'fr', size: letters }, engine.fonts),
      ),
    })
  const [usual, ...smaller] = sizes
  return engine.print([sheet(usual), ...smaller.map(sheet)])
}

const codeSheet = (code: string, size: Sheet['size']): Sheet => {
  const side = Math.min(size.width, size.height)
  return {
    ...sheetOf(size, { text: '' }),
    background: (page) => {
      drawQr(page, code, 0, 0, side)
    },
  }
}
