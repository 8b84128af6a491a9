import { createHash } from 'node:crypto'
import { receiptFacts, type ReceiptFacts } from '#shared/domain/receipt/receipt.ts'
import { faultOf } from '#shared/fault.ts'
import type { ReceiptId, RequestId, Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { ReadHandle, WriteHandle } from '../../store/handle.ts'
import { parsed } from '../../store/json.ts'

/**
 * A receipt, of the deposit or of a correction: its facts and its seal from the deposit on, its one PDF as soon as it
 * was made.
 */
export interface StoredReceipt {
  readonly facts: ReceiptFacts
  readonly seal: string
  readonly pdf?: { readonly bytes: Uint8Array; readonly sha256: Sha256 }
}

/** Writes a receipt without its paper. */
export function insertReceipt(
  db: WriteHandle,
  row: { id: ReceiptId; requestId: RequestId; facts: ReceiptFacts; seal: string },
): void {
  db.run('INSERT INTO receipts (id, request_id, facts, seal) VALUES (?, ?, ?, ?)', [
    row.id,
    row.requestId,
    JSON.stringify(row.facts),
    row.seal,
  ])
}

/**
 * Faults: receipt.unknown, receipt.wiped (its term is over), receipt.altered (the stored bytes no longer have the
 * stored hash).
 */
export function readReceipt(db: ReadHandle, id: ReceiptId): Result<StoredReceipt> {
  const row = db.get<{ facts: string; seal: string; pdf: Uint8Array | null; pdf_sha256: string | null }>(
    'SELECT facts, seal, pdf, pdf_sha256 FROM receipts WHERE id = :id UNION ALL SELECT facts, seal, pdf, pdf_sha256 FROM reissues WHERE id = :id',
    { id },
  )
  if (row === undefined) return err(faultOf('receipt.unknown'))
  if (row.seal === '') return err(faultOf('receipt.wiped'))
  const receipt = { facts: parsed(receiptFacts, row.facts), seal: row.seal }
  if (row.pdf === null) return ok(receipt)
  const sha256 = createHash('sha256').update(row.pdf).digest('hex') as Sha256 // a digest has this form
  return sha256 === row.pdf_sha256
    ? ok({ ...receipt, pdf: { bytes: row.pdf, sha256 } })
    : err(faultOf('receipt.altered', id))
}

/** Keeps the one PDF of a receipt; false when it has one already or is unknown. */
export function keepPaper(db: WriteHandle, id: ReceiptId, pdf: { bytes: Uint8Array; sha256: Sha256 }): boolean {
  const kept = (table: 'receipts' | 'reissues'): boolean =>
    db.run(`UPDATE ${table} SET pdf = ?, pdf_sha256 = ? WHERE id = ? AND pdf IS NULL`, [pdf.bytes, pdf.sha256, id]) ===
    1
  return kept('receipts') || kept('reissues')
}
