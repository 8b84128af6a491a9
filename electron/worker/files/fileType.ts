const types = [
  { mime: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mime: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { mime: 'image/tiff', starts: [0x49, 0x49, 0x2a, 0x00] },
  { mime: 'image/tiff', starts: [0x4d, 0x4d, 0x00, 0x2a] },
] as const

/** Where the mark of a PDF may stand, in bytes: scanners and mail put a line or a byte order mark before it. */
const pdfMarkWithin = 1024

/**
 * Whether bytes begin as a PDF: the mark within the first kilobyte, as readers of PDF take it (ISO 32000-1 §7.5.2, and
 * Adobe's implementation note 13 of PDF 1.7, annex H).
 */
export const isPdf = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(0, pdfMarkWithin)).includes('%PDF-')

/** Whether a PDF has no object: nothing is on it, and no program opens it (ISO 32000-1 §7.3.10). */
export const isEmptyPdf = (bytes: Uint8Array): boolean =>
  !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(' obj')

/**
 * The type of a file by its first bytes (PNG §5.2, JPEG SOI, TIFF 6.0 §2, or `isPdf`); names and suffixes prove nothing.
 */
export const fileType = (bytes: Uint8Array): (typeof types)[number]['mime'] | 'application/pdf' | undefined =>
  types.find(({ starts }) => starts.every((byte, index) => bytes[index] === byte))?.mime ??
  (isPdf(bytes) ? 'application/pdf' : undefined)
