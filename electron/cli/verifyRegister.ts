import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { auditJournal } from '#electron/worker/journal/audit.ts'
import { readClosingCode } from '#electron/worker/journal/closingCode.ts'
import { counterPublicKeys } from '#electron/worker/keys/counterKey.ts'
import { journalHashAt } from '#electron/worker/journal/rows/journalRows.ts'
import type { Said } from './command.ts'
import type { ReadRegister } from './readRegister.ts'

/** What is wrong with a journal, for people who look after machines. */
const words = {
  changed: 'was changed',
  missing: 'is missing',
  place: 'is out of its place',
  previous: 'does not follow the link before it',
  anchor: 'is not an anchor of this counter',
  headAhead: 'was countersigned and is not there any more: the end was cut off',
  headDiffers: 'is not what was countersigned: the journal was rewritten',
  headSignature: 'bears no signature of the platform that was met first',
  closing: 'is not the closing that it says',
  log: 'the platform’s log is not that of the acts applied here',
} as const

/**
 * Walks the journal and all that holds it; `statement` is the text of the code on a printed closing, which the journal
 * must hold too.
 * Faults: journal.broken, journal.contradicted (the journal does not hold what the paper says), seal.badSignature (no
 * statement of this counter).
 */
export function verifyRegister(
  { store, counter }: Pick<ReadRegister, 'store' | 'counter'>,
  statement: string | undefined,
): Result<Said> {
  const walk = auditJournal(store.db, counter)
  let step = walk.next()
  while (step.done !== true) step = walk.next()
  const { broken, ...verdict } = step.value
  if (broken !== undefined)
    return err(faultOf('journal.broken', `link ${String(broken.seq)}: ${words[broken.what]}`, { seq: broken.seq }))
  const paper = statement === undefined ? undefined : readClosingCode(statement, counterPublicKeys(store.db, counter))
  if (statement !== undefined && paper?.counter !== counter)
    return err(faultOf('seal.badSignature', 'not a statement of this counter'))
  if (paper !== undefined && journalHashAt(store.db, paper.anchor.seq) !== paper.anchor.hash) {
    return err(
      faultOf('journal.contradicted', `closing of ${paper.day} on paper: link ${String(paper.anchor.seq)}`, {
        seq: paper.anchor.seq,
      }),
    )
  }
  const { links, head, anchors, heads, closings, logged } = verdict
  return ok({
    json: {
      counter,
      ...verdict,
      ...(paper === undefined ? {} : { statement: { day: paper.day, ordinal: paper.ordinal, seq: paper.anchor.seq } }),
    },
    text: [
      `${counter}: ${String(links)} links hold, head ${head}`,
      `${String(anchors)} anchors, ${String(heads)} countersigned heads, ${String(closings)} closings, ${String(logged)} acts as in the platform’s log`,
      ...(paper === undefined ? [] : [`holds the closing of ${paper.day} (${String(paper.ordinal)}) that was printed`]),
    ].join('\n'),
  })
}
