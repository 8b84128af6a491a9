import { forShaper, visualOrder } from './bidi.ts'
import { LayoutBuilder, type Line } from './pdfmake.ts'

/**
 * pdfmake breaks paragraphs into lines but lays every line from left to right. This builder lets it break the line in
 * logical order, then puts the pieces in visual order; alignment is computed after it and stays right. Justified text
 * is not supported.
 */
export class BidiLayoutBuilder extends LayoutBuilder {
  override buildNextLine(node: object): Line | null {
    const line = super.buildNextLine(node)
    if (line !== null) setInVisualOrder(line)
    return line
  }
}

function setInVisualOrder(line: Line): void {
  const last = line.inlines.at(-1)
  const first = line.inlines[0]
  if (last === undefined || first === undefined) return
  last.text = last.text.replace(/ +$/u, '')
  first.text = first.text.replace(/^ +/u, '')
  line.inlines = visualOrder(line.inlines)
  let x = 0
  for (const inline of line.inlines) {
    inline.text = forShaper(inline.text, inline.level ?? 0)
    inline.width = inline.font.widthOfString(inline.text, inline.fontSize)
    inline.x = x
    inline.leadingCut = 0
    inline.trailingCut = 0
    x += inline.width
  }
  line.inlineWidths = x
  line.leadingCut = 0
  line.trailingCut = 0
}
