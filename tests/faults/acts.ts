import { v7 } from 'uuid'
import type { Procedure } from '#shared/domain/request/procedure.ts'
import type { CommandId } from '#shared/ids.ts'
import type { Result } from '#shared/result.ts'
import type { ReadHandle } from '#electron/worker/store/handle.ts'
import { findRepair } from '#electron/worker/acts/rows/repairs.ts'
import { findDepositByCommand } from '#electron/worker/core/rows/requests.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { TestWorker } from '#tests/builders/worker.ts'
import type { Draw } from '#tests/fuzz/draw.ts'
import { cameOut } from './paper.ts'

/** A counter that works at random until it is killed. */
export interface Hand {
  readonly worker: TestWorker
  readonly draw: Draw
  readonly sheets: readonly Procedure[]
  /** Where the printer keeps what came out. */
  readonly trail: string
  /** Says what is tried, tries it, and says what was heard: `evidence` is what the parent looks for after the kill. */
  readonly act: <T>(
    kind: string,
    id: string,
    ask: () => Promise<Result<T>>,
    evidence: (value: T) => string,
  ) => Promise<Result<T>>
}

/**
 * One kind of act, by the kind of its link in the journal: how it is done, and how it is found again after the kill.
 */
interface Driver {
  /** How often among others. */
  readonly weight: number
  drive(hand: Hand): Promise<void>
  held(db: ReadHandle, id: string, evidence: string): boolean
}

const second = { login: 'agent', password: 'guichet-demo' } as const
const reason = 'spécimen'
const has = (db: ReadHandle, sql: string, id: string | number): boolean =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, [id])?.n === 1

const aFile = (draw: Draw): Uint8Array<ArrayBuffer> => {
  const bytes = draw.bytes(draw.pick([200, 5_000]))
  bytes.set(new TextEncoder().encode('%PDF-1.7 '))
  return bytes
}

/** Deposits a random sheet, complete or not, sometimes with a scanned file, sometimes waiting for its paper. */
const deposit = async ({ worker, draw, sheets, act }: Hand): Promise<void> => {
  const sheet = draw.pick(sheets)
  const citizen = valueOf(
    await worker.ask('identity.type', {
      identity: { familyName: 'SPÉCIMEN', givenNames: `Numéro ${String(draw.below(1e6))}` },
      reason: 'noCard',
    }),
  )
  const file = draw.chance(0.15) ? await attach({ worker, draw, act }) : undefined
  const missing = draw.chance(0.3)
  const pieces = sheet.pieces.map((piece) => ({
    code: piece.code,
    state: missing && piece.mandatory ? ('missing' as const) : ('received' as const),
    ...(file === undefined ? {} : { attachments: [file.sha256] }),
  }))
  const draft = { procedure: sheet.code, procedureVersion: sheet.version, pieces }
  if (draw.chance(0.3)) await worker.ask('draft.save', { id: v7(), draft, revision: 0, writer: v7() })
  const commandId = v7()
  const done = await act(
    'request.deposited',
    commandId,
    () => worker.ask('receipt.issue', { commandId, identityId: citizen.identityId, draft }),
    ({ number }) => number,
  )
  if (done.ok && draw.chance(0.15)) await worker.ask('receipt.pdf', { receiptId: done.value.receiptId })
}

const attach = async ({ worker, draw, act }: Pick<Hand, 'worker' | 'draw' | 'act'>) => {
  const bytes = aFile(draw)
  const added = await act(
    'attachment.added',
    '-',
    () => worker.ask('attachment.add', { name: 'piece.pdf', bytes }),
    ({ sha256 }) => sha256,
  )
  return added.ok ? added.value : undefined
}

const someDeposit = async ({ worker, draw }: Hand) => {
  const { deposits } = valueOf(await worker.ask('home.day', {}))
  return deposits.length === 0 ? undefined : draw.pick(deposits)
}

const refused = async ({ worker, draw }: Hand) => {
  const { corrections } = valueOf(await worker.ask('correction.list', {}))
  return corrections.length === 0 ? undefined : draw.pick(corrections)
}

const reopen = async (hand: Hand): Promise<void> => {
  const { today, closing } = valueOf(await hand.worker.ask('day.status', {}))
  if (closing === undefined) return
  const commandId = v7()
  await hand.act(
    'day.reopened',
    commandId,
    () => hand.worker.ask('day.reopen', { commandId, day: today, reason, second }),
    () => '-',
  )
}

const sent = (db: ReadHandle, id: string): boolean => has(db, 'outbox WHERE id = ?', id)
const repairHeld = (db: ReadHandle, id: string): boolean =>
  findRepair(db, id as CommandId) !== undefined && sent(db, id)

/**
 * Every kind of act that a counter can do. What `shared/contract/acts.ts` names and this table does not turns a test
 * red.
 */
export const drivers: Readonly<Record<string, Driver>> = {
  'request.deposited': {
    weight: 10,
    drive: deposit,
    held: (db, id, number) => findDepositByCommand(db, id as CommandId)?.number === number,
  },
  'request.corrected': {
    weight: 4,
    drive: async (hand) => {
      const one = await refused(hand)
      if (one?.draft === undefined) return
      const order = { commandId: v7(), act: one.act.id, reason, draft: one.draft }
      await hand.act(
        'request.corrected',
        order.commandId,
        () => hand.worker.ask('correction.correct', order),
        () => '-',
      )
    },
    held: repairHeld,
  },
  'request.cancelled': {
    weight: 1,
    drive: async (hand) => {
      const { items } = valueOf(await hand.worker.ask('outbox.list', {}))
      const given = items.filter((item) => item.type.endsWith('deposited.v1'))
      if (given.length === 0) return
      const order = { commandId: v7(), act: hand.draw.pick(given).id, reason, second }
      await hand.act(
        'request.cancelled',
        order.commandId,
        () => hand.worker.ask('correction.cancel', order),
        () => '-',
      )
    },
    held: repairHeld,
  },
  'request.overridden': {
    weight: 2,
    drive: async (hand) => {
      const one = await refused(hand)
      if (one === undefined) return
      const order = { commandId: v7(), act: one.act.id, reason, second }
      await hand.act(
        'request.overridden',
        order.commandId,
        () => hand.worker.ask('correction.override', order),
        () => '-',
      )
    },
    held: repairHeld,
  },
  'receipt.reprinted': {
    weight: 3,
    drive: async (hand) => {
      const one = await someDeposit(hand)
      if (one === undefined) return
      await hand.act(
        'receipt.reprinted',
        '-',
        () => hand.worker.ask('receipt.reprint', { receiptId: one.receiptId, reason }),
        (job) => job.printJobId,
      )
    },
    held: (db, _, id) => has(db, 'print_jobs WHERE copy > 0 AND id = ?', id),
  },
  'print.resolved': {
    weight: 1,
    drive: async (hand) => {
      const { jobs } = valueOf(await hand.worker.ask('print.list', {}))
      const doubtful = jobs.filter((job) => job.state === 'unknown')
      if (doubtful.length === 0) return
      const job = hand.draw.pick(doubtful)
      const order = { printJobId: job.printJobId, cameOut: cameOut(hand.trail, job) }
      await hand.act(
        'print.resolved',
        '-',
        () => hand.worker.ask('print.resolve', order),
        ({ printJobId }) => printJobId,
      )
    },
    held: (db, _, id) => has(db, `journal WHERE kind = 'print.resolved' AND subject = ?`, id),
  },
  'day.closed': {
    weight: 0.5,
    drive: async (hand) => {
      const { today, closing } = valueOf(await hand.worker.ask('day.status', {}))
      if (closing !== undefined) return
      const commandId = v7()
      await hand.act(
        'day.closed',
        commandId,
        () => hand.worker.ask('day.close', { commandId, day: today }),
        () => '-',
      )
      // The counter is wanted again, unless the kill comes first: then a later life opens the day.
      if (hand.draw.chance(0.8)) await reopen(hand)
    },
    held: sent,
  },
  'day.reopened': {
    weight: 1,
    drive: async (hand) => {
      await reopen(hand)
    },
    held: sent,
  },
  'personalData.requested': { weight: 0, drive: async () => undefined, held: sent },
  'personalData.exported': {
    weight: 0.5,
    drive: async (hand) => {
      const one = await someDeposit(hand)
      if (one === undefined) return
      const order = { commandId: v7(), files: [one.requestId] }
      await hand.act(
        'personalData.exported',
        order.commandId,
        () => hand.worker.ask('personalData.export', order),
        () => '-',
      )
    },
    held: sent,
  },
  'personalData.erased': {
    weight: 0.5,
    drive: async (hand) => {
      const one = await someDeposit(hand)
      if (one === undefined) return
      const order = {
        commandId: v7(),
        files: [one.requestId],
        right: hand.draw.pick(['erasure', 'rectification'] as const),
        reason,
        second,
      }
      await hand.act(
        'personalData.erased',
        order.commandId,
        () => hand.worker.ask('personalData.erase', order),
        () => '-',
      )
    },
    held: sent,
  },
  'journal.exported': {
    weight: 0.2,
    drive: async (hand) => {
      await hand.act(
        'journal.exported',
        '-',
        () => hand.worker.ask('journal.export', {}),
        ({ head }) => head,
      )
    },
    held: (db, _, head) =>
      has(db, `journal WHERE kind = 'journal.exported' AND json_extract(body, '$.head') = ?`, head),
  },
  'attachment.added': {
    weight: 2,
    drive: async (hand) => {
      await attach(hand)
    },
    held: (db, _, sha256) => has(db, 'attachments WHERE sha256 = ?', sha256),
  },
  'session.closed': {
    weight: 0.5,
    drive: async (hand) => {
      await hand.act(
        'session.closed',
        '-',
        () => hand.worker.ask(hand.draw.chance(0.5) ? 'session.signOut' : 'session.lock', {}),
        () => '-',
      )
      await signIn(hand)
    },
    held: () => true,
  },
  'session.opened': {
    weight: 0,
    drive: async (hand) => {
      await signIn(hand)
    },
    // A register in quarantine adds no link for people who are let in.
    held: (db, _, since) => since === '-' || has(db, `journal WHERE kind = 'session.opened' AND at = ?`, since),
  },
  'series.closed': {
    // Only a register in quarantine has something to close; who restored an older one asks for it.
    weight: 0,
    drive: async (hand) => {
      await hand.act(
        'series.closed',
        '-',
        () => hand.worker.ask('series.renew', { reason }),
        ({ series }) => String(series),
      )
    },
    held: (db, _, series) =>
      has(db, `journal WHERE kind = 'series.closed' AND json_extract(body, '$.opened') = ?`, Number(series)),
  },
}

/** The supervisor, who may do all of it. */
export const signIn = async (hand: Pick<Hand, 'worker' | 'act'>): Promise<void> => {
  const { quarantine } = valueOf(await hand.worker.ask('app.state', {}))
  const evidence = ({ since }: { since: string }): string => (quarantine === undefined ? since : '-')
  valueOf(
    await hand.act(
      'session.opened',
      '-',
      () => hand.worker.ask('session.signIn', { login: 'supervisor', password: 'guichet-demo' }),
      evidence,
    ),
  )
}
