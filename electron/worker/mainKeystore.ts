import type { FromWorker, ToWorker } from '#shared/contract/hosts.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Keystore } from './keys/openKey.ts'

type Answer = Extract<ToWorker, { kind: 'wrapped' | 'unwrapped' | 'keystoreFailed' }>

/** The keystore as the main process lends it to this one, by question and answer. */
export interface MainKeystore extends Keystore {
  /** Takes in an answer of main. */
  receive(answer: Answer): void
}

/** @param say sends a question to main */
export function createMainKeystore(
  say: (question: Extract<FromWorker, { kind: 'wrap' | 'unwrap' }>) => void,
): MainKeystore {
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  const ask = (question: (requestId: number) => Parameters<typeof say>[0]): Promise<Result<Uint8Array>> =>
    new Promise((resolve) => {
      const requestId = (last += 1)
      waiting.set(requestId, (answer) => {
        resolve(bytesOf(answer))
      })
      say(question(requestId))
    })
  return {
    wrap: (key) => ask((requestId) => ({ kind: 'wrap', requestId, key: new Uint8Array(key) })),
    unwrap: (blob) => ask((requestId) => ({ kind: 'unwrap', requestId, blob: new Uint8Array(blob) })),
    receive: (answer) => {
      waiting.get(answer.requestId)?.(answer)
      waiting.delete(answer.requestId)
    },
  }
}

const bytesOf = (answer: Answer): Result<Uint8Array> => {
  if (answer.kind === 'wrapped') return ok(answer.blob)
  return answer.kind === 'unwrapped' ? ok(answer.key) : err(faultOf('register.otherKeystore', answer.detail))
}
