import type { PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'

/** A PDF, or why there is none: it asks for a password or a key, or it is torn. */
export const openPdf = (library: PDFiumLibrary, bytes: Uint8Array): Promise<PDFiumDocument | 'locked' | 'torn'> =>
  library
    .loadDocument(bytes)
    .catch((cause: unknown) => (/password|security scheme/iu.test(String(cause)) ? 'locked' : 'torn'))
