import { expect, it } from 'vitest'
import { commandId, sha256Hex } from '#shared/ids.ts'
import { issuingForEach } from '#tests/builders/issuingForEach.ts'
import { aPerson } from '#tests/builders/letters.ts'
import { valueOf } from '#tests/builders/register.ts'
import { v7 } from 'uuid'
import type { Issuing } from '../../core/deposit/issuing.ts'
import { importRegister, undoImport } from './importRegister.ts'

let issuing: Issuing
issuingForEach((own) => {
  ;({ issuing } = own)
})
const clerk = aPerson()

it('the same file once more takes nothing, and the import that did is still the one that can be taken back', () => {
  const order = () => ({
    commandId: commandId.parse(v7()),
    sha256: sha256Hex.parse('ab'.repeat(32)),
    dryRun: false,
    lines: [2, 3].map((row) => ({
      row,
      register: 'arrival' as const,
      number: `${String(row)}/2019`,
      receivedOn: '2019-01-05',
      sender: 'Wilaya',
      subject: 'Eau',
    })),
  })
  expect(valueOf(importRegister(issuing.context, clerk, order())).taken).toBe(2)
  const again = valueOf(importRegister(issuing.context, clerk, order()))
  expect([again.taken, again.doubles.length]).toEqual([0, 2])
  expect(valueOf(undoImport(issuing.context, clerk))).toEqual({ removed: 2 })
  expect(undoImport(issuing.context, clerk)).toMatchObject({ ok: false, fault: { code: 'letter.nothingToUndo' } })
})
