/** What we use of tesseract.js-core 7, which ships no types: Tesseract 5 in WebAssembly, with vector instructions and without. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
  import type { OpenTesseract } from '#electron/press/letter/ocr/engine.ts'
  const open: OpenTesseract
  export = open
}
declare module 'tesseract.js-core/tesseract-core-lstm.js' {
  import type { OpenTesseract } from '#electron/press/letter/ocr/engine.ts'
  const open: OpenTesseract
  export = open
}
