import { expect, test } from 'vitest'
import { faultOf } from '../fault.ts'
import { err, ok } from '../result.ts'
import type { KeystoreQuestion } from './hosts.ts'
import { createMainKeystore } from './mainKeystore.ts'

test('each answer reaches its own question, in any order; a refusal is a fault', async () => {
  const asked: KeystoreQuestion[] = []
  const keystore = createMainKeystore((question) => {
    asked.push(question)
  })
  const answers = [
    keystore.wrap(new Uint8Array([1])),
    keystore.unwrap(new Uint8Array([2])),
    keystore.wrap(new Uint8Array([3])),
  ]
  expect(asked.map((question) => question.kind)).toEqual(['wrap', 'unwrap', 'wrap'])
  keystore.receive({ kind: 'keystoreFailed', requestId: 3, detail: 'locked' })
  keystore.receive({ kind: 'unwrapped', requestId: 2, key: new Uint8Array([20]) })
  keystore.receive({ kind: 'wrapped', requestId: 1, blob: new Uint8Array([10]) })
  keystore.receive({ kind: 'wrapped', requestId: 99, blob: new Uint8Array([0]) })
  expect(await Promise.all(answers)).toEqual([
    ok(new Uint8Array([10])),
    ok(new Uint8Array([20])),
    err(faultOf('register.otherKeystore', 'locked')),
  ])
})
