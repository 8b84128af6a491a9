import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument, setTextRenderingMode, TextRenderingMode } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import { resources } from '../worker.ts'

/**
 * A scan with a text layer that is not to be believed, as other programs lay it: letter by letter from left to right.
 * Arabic that is put down so comes out backwards (paperless-ngx 1163); letters that are others come out as others (3593).
 */
export async function withLayer(
  png: Uint8Array,
  lines: readonly string[],
  letter: (one: string) => string,
): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.registerFontkit(fontkit as unknown as Parameters<typeof document.registerFontkit>[0])
  const image = await document.embedPng(png)
  const page = document.addPage([595.28, 841.89])
  page.drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 })
  const [latin, arabic] = await Promise.all(
    ['IBMPlexSans-Regular.ttf', 'IBMPlexSansArabic-Regular.ttf'].map((name) =>
      document.embedFont(readFileSync(join(resources, 'fonts', name)), { subset: false }),
    ),
  )
  if (latin === undefined || arabic === undefined) throw new Error('no fonts')
  page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible))
  for (const [row, line] of lines.entries()) {
    let x = 40
    for (const one of line) {
      const shown = letter(one)
      const font = /\p{Script=Arabic}/u.test(shown) ? arabic : latin
      if (shown !== ' ') page.drawText(shown, { x, y: 800 - row * 14, size: 9, font })
      x += Math.max(3, font.widthOfTextAtSize(shown, 9))
    }
  }
  return document.save()
}
