/** ISO 216 A4, and a millimetre, in points. */
export const a4 = { width: 595.28, height: 841.89 } as const
export const mm = 72 / 25.4

/** ISO 216 A5, in points. */
export const a5 = { width: 419.53, height: 595.28 } as const

/** The foot of every page holds stamp, words and code; the text ends above it. */
export const margins = { left: 27, top: 25, right: 27, bottom: 157 } as const

/** Width of the text, in points. */
export const column = a5.width - margins.left - margins.right

/** The middle of the letterhead under its first line stays blank: the mark of a reprint goes there. In points. */
export const markSpace = { width: 112, top: 37, height: 16 } as const

/** From here to the foot of every page is blank: who reprinted, when and why goes there. */
export const reprintTop = a5.height - 37
