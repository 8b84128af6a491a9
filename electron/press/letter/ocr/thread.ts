import { parentPort } from 'node:worker_threads'
import { openReader, type ReadPicture, type Segmentation } from './engine.ts'

/** A picture that waits to be read. */
export interface OcrQuestion {
  readonly pgm: Uint8Array
  readonly segmentation: Segmentation
}
/** What was read, or that it failed: this thread is not to be asked again then. */
export type OcrAnswer = { readonly read: ReadPicture } | { readonly failed: true }

// One question is asked at a time: whoever asks waits for the answer.
const port = parentPort
const reader = openReader()
port?.on('message', (question: OcrQuestion) => {
  reader
    .then((read): OcrAnswer => ({ read: read(question.pgm, question.segmentation) }))
    // What it says of a page may quote the page.
    .catch((): OcrAnswer => ({ failed: true }))
    .then((answer) => port.postMessage(answer))
    .catch(() => process.exit(1))
})
