import { v7 } from 'uuid'
import type { CommandId } from '#shared/ids.ts'
import type { ReadHandle } from '#electron/worker/store/handle.ts'
import { findRepair } from '#electron/worker/acts/rows/repairs.ts'
import { valueOf } from '#tests/builders/register.ts'
import { complement } from './complement.ts'
import { hall } from './hall.ts'
import type { Driver, Hand } from './hand.ts'
import { intake, someDeposit } from './intake.ts'
import { mail } from './mail.ts'
import { cameOut } from './paper.ts'

const second = { login: 'agent', password: 'guichet-demo' } as const
const reason = 'spécimen'
const has = (db: ReadHandle, sql: string, id: string | number): boolean =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, [id])?.n === 1

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
    ({ ask }) => ask('day.reopen', { commandId, day: today, reason, second }),
    () => '-',
  )
}

const sent = (db: ReadHandle, id: string): boolean => has(db, 'outbox WHERE id = ?', id)
const repairHeld = (db: ReadHandle, id: string): boolean =>
  findRepair(db, id as CommandId) !== undefined && sent(db, id)

/**
 * Every kind of act that a counter can do, and what else it keeps for somebody. What `shared/contract/acts.ts` names and this table does not turns a test
 * red.
 */
export const drivers: Readonly<Record<string, Driver>> = {
  ...intake,
  ...complement,
  ...mail,
  ...hall,
  'request.corrected': {
    weight: 4,
    drive: async (hand) => {
      const one = await refused(hand)
      if (one?.draft === undefined) return
      const order = { commandId: v7(), act: one.act.id, reason, draft: one.draft }
      await hand.act(
        'request.corrected',
        order.commandId,
        ({ ask }) => ask('correction.correct', order),
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
        ({ ask }) => ask('correction.cancel', order),
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
        ({ ask }) => ask('correction.override', order),
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
        // Of its own, so that no two duplicatas are the same paper although they were asked for in the same minute.
        () => hand.worker.ask('receipt.reprint', { receiptId: one.receiptId, reason: `${reason} ${v7()}` }),
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
        ({ ask }) => ask('day.close', { commandId, day: today }),
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
        ({ ask }) => ask('personalData.export', order),
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
        ({ ask }) => ask('personalData.erase', order),
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
    held: (db, _, since) =>
      since === '-' || has(db, `(SELECT DISTINCT at FROM journal WHERE kind = 'session.opened') WHERE at = ?`, since),
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
