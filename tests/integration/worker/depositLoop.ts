import { v7 } from 'uuid'
import { join } from 'node:path'
import { valueOf } from '#tests/builders/register.ts'
import { devicesWith, paperTrail, signedIn, startWorker } from '#tests/builders/worker.ts'

/**
 * Deposits until it is killed. Before each act it says which one it tries, after each which number it heard:
 * `try <command id>`, `heard <command id> <number>`.
 */
const [folder = ''] = process.argv.slice(2)
const worker = await signedIn(startWorker(folder, devicesWith(paperTrail(join(folder, 'paper.txt')))))
const sheets = valueOf(await worker.ask('catalogue.list', {})).procedures
for (let act = 0; ; act += 1) {
  const sheet = sheets[act % sheets.length]
  if (sheet === undefined) throw new Error('no sheet')
  const citizen = valueOf(await worker.ask('identity.type', { identity: { familyName: 'SPÉCIMEN', givenNames: `Numéro ${String(act)}` }, reason: 'noCard' }))
  const commandId = v7()
  process.stdout.write(`try ${commandId}\n`)
  const pieces = sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const }))
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces }
  valueOf(await worker.ask('draft.save', { draft }))
  const deposit = valueOf(await worker.ask('receipt.issue', { commandId, identityId: citizen.identityId, draft }))
  process.stdout.write(`heard ${commandId} ${deposit.number}\n`)
  // Every third citizen waits for his paper, so that kills fall on the spool too.
  if (act % 3 === 0) await worker.ask('receipt.pdf', { receiptId: deposit.receiptId })
}
