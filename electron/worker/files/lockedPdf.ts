import { openPdf } from './openPdf.ts'

/** A file that is encrypted says so in its trailer (ISO 32000-1 §7.6.1), which is never encrypted itself. */
const encrypted = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/Encrypt')

/**
 * Whether a PDF asks for a password before it shows anything. Many are encrypted and open without one: only what may be
 * done with them is limited.
 */
export async function isLockedPdf(bytes: Uint8Array): Promise<boolean> {
  if (!encrypted(bytes)) return false
  // Most counters never meet one: the start does not wait for what opens it.
  const { PDFiumLibrary } = await import('@hyzyla/pdfium')
  const library = await PDFiumLibrary.init()
  try {
    return (await openPdf(library, bytes)) === 'locked'
  } finally {
    library.destroy()
  }
}
