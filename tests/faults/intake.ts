import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { RequestDraft } from '#shared/domain/request/request.ts'
import type { CommandId } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import type { ReadHandle } from '#electron/worker/store/handle.ts'
import { findDepositByCommand } from '#electron/worker/core/rows/requests.ts'
import { valueOf } from '#tests/builders/register.ts'
import { createDraw } from '#tests/fuzz/draw.ts'
import type { Driver, Hand } from './hand.ts'

/** So many contents come again in every life of a register; a large one takes long to write, and is hit more often. */
const known = 30
const sizes = [200, 5_000, 5_000, 60_000, 400_000, 1_500_000, 4_000_000]
const block = 4_096

/** A file that is new, or one that was attached before: in this life, in an earlier one, in another window just now. */
const aFile = ({ draw, shared }: Pick<Hand, 'draw' | 'shared'>): Uint8Array<ArrayBuffer> => {
  const of = draw.chance(0.5) ? createDraw(shared.files, draw.below(known)) : draw
  const bytes = new Uint8Array(of.pick(sizes))
  const some = of.bytes(Math.min(block, bytes.length))
  for (let at = 0; at < bytes.length; at += block) bytes.set(some.subarray(0, bytes.length - at), at)
  bytes.set(new TextEncoder().encode('%PDF-1.7 1 0 obj '))
  return bytes
}

export const attach = async (hand: Pick<Hand, 'worker' | 'draw' | 'act' | 'shared'>): Promise<string | undefined> => {
  const bytes = aFile(hand)
  const added = await hand.act(
    'attachment.added',
    '-',
    () => hand.worker.ask('attachment.add', { name: 'piece.pdf', bytes }),
    ({ sha256 }) => sha256,
  )
  return added.ok ? added.value.sha256 : undefined
}

/** A random sheet, complete or not, sometimes with scanned files. */
const aDraft = async (hand: Hand): Promise<RequestDraft> => {
  const { draw } = hand
  const sheet = draw.pick(hand.sheets)
  const missing = draw.chance(0.3)
  const files: string[] = []
  for (let more = draw.chance(0.5) ? 1 + draw.below(2) : 0; more > 0; more -= 1) {
    const file = await attach(hand)
    if (file !== undefined) files.push(file)
  }
  return {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({
      code: piece.code,
      state: missing && piece.mandatory ? ('missing' as const) : ('received' as const),
      attachments: files as RequestDraft['pieces'][number]['attachments'], // as they were answered
    })),
    capacity: 'self',
    language: 'ar',
  }
}

/** Deposits at the desk of this window, sometimes from a draft, and waits for its paper now and then. */
const deposit = async (hand: Hand): Promise<void> => {
  const { worker, draw, act, shared } = hand
  const citizen = await worker.ask('identity.type', {
    identity: { familyName: 'SPÉCIMEN', givenNames: `Numéro ${String(draw.below(1e6))}` },
    reason: 'noCard',
  })
  // A citizen is at the desk of another window.
  if (!citizen.ok) {
    hand.refused('identity.typed', citizen.fault.code)
    return
  }
  const { identityId } = citizen.value
  const draft = await aDraft(hand)
  const commandId = v7()
  const drafted = draw.chance(0.3)
  if (drafted) {
    shared.drafts.push(commandId)
    await save(hand, commandId, draft)
  }
  const done = await act(
    'request.deposited',
    commandId,
    ({ ask }) => ask('receipt.issue', { commandId, identityId, draft, ...(drafted ? { draftId: commandId } : {}) }),
    ({ number }) => number,
  )
  if (done.ok && draw.chance(0.15)) await paperOf(hand, done.value.receiptId)
  if (!done.ok && draw.chance(0.7)) await worker.ask('identity.release', { identityId })
}

/** Saves over the version that this window knows, or over an older one, as one does who has not looked. */
const save = async (hand: Hand, id: string, draft: RequestDraft): Promise<void> => {
  const { worker, draw } = hand
  const { revision } = valueOf(await worker.ask('draft.load', { id }))
  const token = v7()
  const order = {
    id,
    draft: { ...draft, note: token },
    revision: draw.chance(0.4) ? draw.below(revision + 1) : revision,
    writer: hand.writer,
  }
  const saved = await hand.act(
    'draft.saved',
    '-',
    async () => keptAs(id, await worker.ask('draft.save', order)),
    (kept) => [kept.id, String(kept.revision), token].join(':'),
  )
  if (!saved.ok) return
  const { savedBy } = hand.shared
  const [kept, version] = [saved.value.id, saved.value.revision]
  const over = savedBy.get(`${kept} ${String(version - 1)}`)
  savedBy.set(`${kept} ${String(version)}`, hand.writer)
  // Over what it has not seen a window saves only what is its own.
  if (kept === id && version - 1 !== order.revision && over !== undefined && over !== hand.writer)
    throw new Error('a draft was saved over the version of another window')
}

/** Under which id a version is kept: over a newer one of another window it becomes a draft of its own. */
const keptAs = (id: string, saved: Result<{ revision: number }>): Result<{ id: string; revision: number }> => {
  if (saved.ok) return ok({ id, ...saved.value })
  const apart = saved.fault.values?.['kept']
  return saved.fault.code === 'draft.changed' && typeof apart === 'string' ? ok({ id: apart, revision: 1 }) : saved
}

/** A version that was kept is there, or a later one that was made over it, or it was deposited. */
const draftHeld = (db: ReadHandle, evidence: string): boolean => {
  const [id = '', revision = '', token] = evidence.split(':')
  const row = db.get<{ revision: number; note: string }>(
    `SELECT revision, json_extract(body, '$.note') AS note FROM drafts WHERE id = ?`,
    [id],
  )
  const later = row !== undefined && row.revision > Number(revision)
  const same = row !== undefined && row.revision === Number(revision) && row.note === token
  return later || same || findDepositByCommand(db, id as CommandId) !== undefined
}

/** The paper of a receipt: who asks again, wherever, is given the same bytes. */
const paperOf = async ({ act }: Hand, receiptId: string): Promise<void> => {
  await act(
    'paper.made',
    receiptId,
    ({ ask }) => ask('receipt.pdf', { receiptId: receiptId }),
    ({ pdf, sha256 }) => {
      const is = createHash('sha256').update(pdf).digest('hex')
      return is === sha256 ? is : `${is} is not ${sha256}`
    },
  )
}

/** One of today's deposits. */
export const someDeposit = async ({ worker, draw }: Hand) => {
  const { deposits } = valueOf(await worker.ask('home.day', {}))
  return deposits.length === 0 ? undefined : draw.pick(deposits)
}

/** What a person fills in, attaches, deposits and takes with him. */
export const intake = {
  'request.deposited': {
    weight: 10,
    drive: deposit,
    held: (db, id, number) => findDepositByCommand(db, id as CommandId)?.number === number,
  },
  'attachment.added': {
    weight: 3,
    drive: async (hand) => {
      await attach(hand)
    },
    // An erasure takes the file, never the link.
    held: (db, _, sha256) =>
      db.get('SELECT 1 FROM attachments WHERE sha256 = ?', [sha256]) !== undefined ||
      (db.get(`SELECT 1 FROM journal WHERE kind = 'attachment.added' AND subject = ?`, [sha256]) !== undefined &&
        db.get(`SELECT 1 FROM journal WHERE kind = 'personalData.erased'`) !== undefined),
  },
  'draft.saved': {
    weight: 3,
    drive: async (hand) => {
      const { draw, shared } = hand
      if (shared.drafts.length === 0 || draw.chance(0.2)) shared.drafts.push(v7())
      await save(hand, draw.pick(shared.drafts.slice(-3)), await aDraft(hand))
    },
    held: (db, _, evidence) => draftHeld(db, evidence),
  },
  'paper.made': {
    weight: 2,
    drive: async (hand) => {
      const one = await someDeposit(hand)
      if (one !== undefined) await paperOf(hand, one.receiptId)
    },
    held: (db, id, sha256) =>
      db.get('SELECT 1 FROM papers WHERE id = ? AND (file_sha256 = ? OR wiped_at IS NOT NULL)', [id, sha256]) !==
      undefined,
  },
} as const satisfies Readonly<Record<string, Driver>>
