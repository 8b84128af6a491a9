import { faultOf } from '../fault.ts'
import { err, ok, type Result } from '../result.ts'
import type { KeystoreAnswer, KeystoreQuestion } from './hosts.ts'

/** The operating system's keystore, which lives in the main process. Fault: register.otherKeystore. */
export interface Keystore {
  wrap(key: Uint8Array): Promise<Result<Uint8Array>>
  unwrap(blob: Uint8Array): Promise<Result<Uint8Array>>
}

/** The keystore as the main process lends it to another one, by question and answer. */
export interface MainKeystore extends Keystore {
  /** Takes in an answer of main. */
  receive(answer: KeystoreAnswer): void
}

/** @param say sends a question to main */
export function createMainKeystore(say: (question: KeystoreQuestion) => void): MainKeystore {
  const waiting = new Map<number, (answer: KeystoreAnswer) => void>()
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

const bytesOf = (answer: KeystoreAnswer): Result<Uint8Array> => {
  if (answer.kind === 'wrapped') return ok(answer.blob)
  return answer.kind === 'unwrapped' ? ok(answer.key) : err(faultOf('register.otherKeystore', answer.detail))
}
