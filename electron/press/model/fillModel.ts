import { modelCode, modelFields, type ModelTexts } from '#shared/domain/mail/modelFields.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { qrPicture } from './qrPicture.ts'
import { isWithin } from './zipBounds.ts'

/** Unpacked: a letterhead with its pictures is a twentieth of it. */
const mostBytes = 60 * 1024 * 1024
/** Of the code on paper, in pixels of 96 a inch: 28 mm. */
const side = 106
const known = new Set<string>([...modelFields, modelCode])

/**
 * A model letter (DOCX) with what a letter says in its fields. Whoever wrote the model is not trusted: nothing of it is
 * run, and it is unpacked within bounds. Faults: model.unreadable, model.unknownField (`field`).
 * @param code what the letter is known by when it comes back; absent: the place of the code is left empty
 */
export async function fillModel(model: Uint8Array, texts: ModelTexts, code?: string): Promise<Result<Uint8Array>> {
  if (!isWithin(model, mostBytes)) return err(faultOf('model.unreadable'))
  // With the first model: most offices never write one here.
  const { MimeType, TemplateHandler } = await import('easy-template-x')
  const handler = new TemplateHandler()
  const template = Buffer.from(model)
  try {
    const tags = await handler.parseTags(template)
    const stranger = tags.find(({ name }) => !known.has(name))
    if (stranger !== undefined)
      return err(faultOf('model.unknownField', undefined, { field: stranger.name.slice(0, 60) }))
    const picture = {
      _type: 'image',
      source: Buffer.from(code === undefined ? [] : qrPicture(code)),
      format: MimeType.Bmp,
      width: side,
      height: side,
      altText: code ?? '',
    }
    const filled = await handler.process(template, { ...texts, [modelCode]: code === undefined ? '' : picture })
    return ok(new Uint8Array(filled))
  } catch (cause) {
    return err(faultOf('model.unreadable', cause instanceof Error ? cause.message.slice(0, 120) : undefined))
  }
}
