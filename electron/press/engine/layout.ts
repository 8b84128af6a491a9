import { keepColumnsWithin } from './columns.ts'
import { setInVisualOrder, takeLine } from './lines.ts'
import { type Inline, LayoutBuilder, type Line } from './pdfmake.ts'

keepColumnsWithin()

/**
 * pdfmake lays every line from left to right, and draws a long word over the edge of its column. This builder takes
 * lines of its own and puts their pieces in visual order. Justified text is not supported.
 */
export class BidiLayoutBuilder extends LayoutBuilder {
  /** Lines that were made, and how many of them end within a word. */
  readonly made = { lines: 0, cut: 0 }

  override buildNextLine(node: { readonly _inlines?: Inline[] }): Line | null {
    const inlines = node._inlines ?? []
    if (inlines.length === 0) return null
    const { line, cut } = takeLine(inlines, this.writer.context().availableWidth)
    setInVisualOrder(line)
    line.serial = this.made.lines
    this.made.lines += 1
    if (cut) this.made.cut += 1
    return line
  }
}
