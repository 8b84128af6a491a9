import type { Content } from 'pdfmake'
import type { Bilingual } from '#shared/domain/receipt/receiptText.ts'
import { runsOf } from './bidi.ts'
import type { Fonts } from './fonts.ts'

/** Colours that keep their rank when printed in black. */
export const colours = {
  ink: '#14201a',
  muted: '#56625c',
  accent: '#0b5d3b',
  hairline: '#c5cfc9',
  tint: '#eef4f0',
  alert: '#8a3b00',
  ghost: '#e3e8e5',
} as const

/** How a text is set. `side` gives language, direction and, when no alignment is said, the edge. */
export interface Manner {
  readonly side: 'fr' | 'ar'
  readonly size: number
  readonly bold?: boolean
  readonly colour?: string
  readonly alignment?: 'left' | 'center' | 'right'
  readonly above?: number
  readonly below?: number
  /** Factor on the usual line height. */
  readonly spacing?: number
}

/** Line height as a share of the font's own, which is generous for Arabic vowel marks. */
export const leading = 0.86
/** Arabic letters are smaller on the same body: they are set a step larger than French. */
export const arabicStep = 1.12

/**
 * From the top of a line to its baseline, in points (font metrics of IBM Plex Sans Arabic: descent 0.415, line 1.5).
 */
export const baseline = (size: number): number => size * (1.5 * leading - 0.415)

/** A paragraph node of pdfmake, its runs decided by us. */
type Paragraph = Extract<Content, { readonly text: unknown }>

/** A paragraph as pdfmake takes it: runs with their level, font and direction decided by us. */
export function textNode(text: string, manner: Manner, fonts: Fonts): Paragraph {
  const { side, size, bold = false, colour = colours.ink, above = 0, below = 0, spacing = 1 } = manner
  return {
    text: runsOf(text, side === 'ar' ? 'rtl' : 'ltr', fonts).map((run) => ({ ...run })),
    fontSize: side === 'ar' ? size * arabicStep : size,
    bold,
    color: colour,
    alignment: manner.alignment ?? (side === 'ar' ? 'right' : 'left'),
    lineHeight: leading * spacing,
    margin: [0, above, 0, below],
  }
}

/** French at the left edge, Arabic at the right edge, on the same baseline. */
export function bilingualLine(text: Bilingual, manner: Omit<Manner, 'side' | 'alignment'>, fonts: Fonts): Content {
  const lower = baseline(manner.size * arabicStep) - baseline(manner.size)
  const { above = 0 } = manner
  return {
    columns: [
      { width: '*', stack: [textNode(text.fr, { ...manner, side: 'fr', above: above + lower }, fonts)] },
      { width: '*', stack: [textNode(text.ar, { ...manner, side: 'ar' }, fonts)] },
    ],
    columnGap: 12,
  }
}
