import { Worker } from 'node:worker_threads'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ReadPicture, Segmentation } from './engine.ts'
import type { OcrAnswer, OcrQuestion } from './thread.ts'

/** Reads letters off pictures. */
export interface Ocr {
  /**
   * Reads a grey PGM; one after the other. Faults: call.cancelled (the thread was ended in the middle), letter.ocrFailed
   * (Tesseract failed, or took longer than two minutes for one picture).
   */
  read(pgm: Uint8Array, segmentation: Segmentation, signal: AbortSignal): Promise<Result<ReadPicture>>
  /** Ends the thread and gives its memory back. */
  close(): void
}

/** Its memory only grows: after so many pictures it starts afresh, which takes half a second. */
const picturesEach = 40
/** A thread that nobody asks is ended after so long, in milliseconds. */
const idle = 30_000
/** One picture takes a second or two; a page of nothing but specks ten times that, in milliseconds. */
const patience = 120_000

/**
 * Tesseract in a thread of its own, started with the first picture: whoever waits may cancel, and the press goes on.
 * @param thread path of the thread's program
 */
export function openOcr(thread: string): Ocr {
  let worker: Worker | undefined
  let pictures = 0
  let rest: NodeJS.Timeout | undefined
  let before: Promise<unknown> = Promise.resolve()
  const close = (): void => {
    clearTimeout(rest)
    void worker?.terminate()
    worker = undefined
  }
  const started = (): Worker => {
    if (pictures >= picturesEach) close()
    if (worker !== undefined) return worker
    pictures = 0
    const fresh = new Worker(thread)
    // It keeps no process alive that has nothing else to do.
    fresh.unref()
    worker = fresh
    return fresh
  }
  const ask = (question: OcrQuestion, signal: AbortSignal): Promise<Result<ReadPicture>> =>
    new Promise((resolve) => {
      const asked = started()
      pictures += 1
      const settle = (result: Result<ReadPicture>, sound: boolean): void => {
        clearTimeout(late)
        signal.removeEventListener('abort', cancel)
        asked.off('message', hear).off('error', fail).off('exit', fail)
        asked.unref()
        if (!sound) close()
        resolve(result)
      }
      const hear = (answer: OcrAnswer): void => {
        if ('read' in answer) settle(ok(answer.read), true)
        else settle(err(faultOf('letter.ocrFailed')), false)
      }
      const fail = (): void => settle(err(faultOf('letter.ocrFailed')), false)
      const cancel = (): void => settle(err(faultOf('call.cancelled')), false)
      const late = setTimeout(fail, patience)
      asked.on('message', hear).on('error', fail).on('exit', fail)
      asked.ref()
      signal.addEventListener('abort', cancel)
      asked.postMessage(question)
    })
  return {
    read: (pgm, segmentation, signal) => {
      const turn = before.then(async () => {
        clearTimeout(rest)
        const result: Result<ReadPicture> = signal.aborted
          ? err(faultOf('call.cancelled'))
          : await ask({ pgm, segmentation }, signal)
        rest = setTimeout(close, idle).unref()
        return result
      })
      before = turn
      return turn
    },
    close,
  }
}
