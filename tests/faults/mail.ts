import { v7 } from 'uuid'
import type { Sha256 } from '#shared/ids.ts'
import type { ReadHandle } from '#electron/worker/store/handle.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Driver, Hand } from './hand.ts'
import { attach } from './intake.ts'

const senders = ['Direction provinciale (spécimen)', 'جماعة نموذجية', 'Société Atlas (spécimen)']
const has = (db: ReadHandle, sql: string, id: string): boolean =>
  db.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, [id])?.n === 1
const sent = (db: ReadHandle, id: string): boolean => has(db, 'outbox WHERE id = ?', id)
const standing = async ({ worker, draw }: Hand) => {
  const { lines } = valueOf(await worker.ask('mail.search', { limit: 40 }))
  const some = lines.filter(({ state }) => state !== 'cancelled')
  return some.length === 0 ? undefined : draw.pick(some)
}

const register = (of: 'arrival' | 'departure' | 'internal', weight: number): Driver => ({
  weight,
  drive: async (hand) => {
    const { today } = valueOf(await hand.worker.ask('mail.settings', {}))
    const sha256 = of === 'arrival' && hand.draw.chance(0.4) ? await attach(hand) : undefined
    const order = {
      commandId: v7(),
      letter: {
        register: of,
        receivedOn: today,
        mode: 'post' as const,
        sender: { name: hand.draw.pick(senders) },
        subject: `Objet ${String(hand.draw.below(1_000))}`,
        kind: 'letter',
        confidentiality: hand.draw.pick(['none', 'restricted', 'secret'] as const),
      },
      files: sha256 === undefined ? [] : [{ sha256: sha256 as Sha256, name: 'scan.pdf' }], // as it was answered
    }
    await hand.act(
      `mail.${of}`,
      order.commandId,
      ({ ask }) => ask('mail.register', order),
      ({ letter }) => letter.number,
    )
  },
  held: (db, id, number) =>
    sent(db, id) && db.get('SELECT 1 FROM letters WHERE command_id = ? AND number = ?', [id, number]) !== undefined,
})

/** What a mail office does: letters of each register, and what becomes of them. */
export const mail = {
  'mail.arrival': register('arrival', 4),
  'mail.departure': register('departure', 1),
  'mail.internal': register('internal', 1),
  'mail.cancelled': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one === undefined) return
      const order = { commandId: v7(), number: one.number, reason: 'spécimen' }
      await hand.act(
        'mail.cancelled',
        order.commandId,
        ({ ask }) => ask('mail.cancel', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_cancellations WHERE command_id = ?', id),
  },
  'mail.routed': {
    weight: 2,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one === undefined) return
      const order = { commandId: v7(), number: one.number, routing: { to: hand.draw.pick(['URB', 'SG']) } }
      await hand.act(
        'mail.routed',
        order.commandId,
        ({ ask }) => ask('mail.route', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_routings WHERE command_id = ?', id),
  },
  'mail.handedOver': {
    weight: 2,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one === undefined) return
      const order = { commandId: v7(), numbers: [one.number], service: hand.draw.pick(['URB', 'SG', 'RH']) }
      await hand.act(
        'mail.handedOver',
        order.commandId,
        ({ ask }) => ask('mail.handOver', order),
        () => '-',
      )
    },
    held: (db, id) =>
      sent(db, id) && has(db, 'slips s JOIN letter_moves m ON m.slip_id = s.id WHERE s.command_id = ?', id),
  },
  'mail.slipReceived': {
    weight: 1,
    drive: async (hand) => {
      const { slips } = valueOf(await hand.worker.ask('mail.slips', { open: true }))
      if (slips.length === 0) return
      const order = { commandId: v7(), slipId: hand.draw.pick(slips).slipId, by: 'spécimen' }
      await hand.act(
        'mail.slipReceived',
        order.commandId,
        ({ ask }) => ask('mail.slipReceived', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'slips WHERE receipt_id = ?', id),
  },
  'mail.reminded': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one?.service === undefined || one.state === 'answered') return
      const order = { commandId: v7(), service: one.service, numbers: [one.number], print: hand.draw.chance(0.5) }
      await hand.act(
        'mail.reminded',
        order.commandId,
        ({ ask }) => ask('mail.remind', order),
        ({ rank }) => String(rank),
      )
    },
    held: (db, id) =>
      sent(db, id) && has(db, 'reminders r JOIN letter_reminders m ON m.reminder_id = r.id WHERE r.command_id = ?', id),
  },
  'mail.scanAdded': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      const sha256 = one === undefined ? undefined : await attach(hand)
      if (one === undefined || sha256 === undefined) return
      const file = { sha256: sha256 as Sha256, name: 'signée.pdf' } // as it was answered
      const order = { commandId: v7(), number: one.number, file }
      await hand.act(
        'mail.scanAdded',
        order.commandId,
        ({ ask }) => ask('mail.addScan', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_additions WHERE command_id = ?', id),
  },
  'mail.acknowledged': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one?.register !== 'departure' || one.acknowledgedOn !== undefined) return
      const order = { commandId: v7(), number: one.number, on: one.receivedOn }
      await hand.act(
        'mail.acknowledged',
        order.commandId,
        ({ ask }) => ask('mail.acknowledge', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_acknowledgements WHERE command_id = ?', id),
  },
  'mail.classified': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one === undefined) return
      const order = { commandId: v7(), number: one.number, class: hand.draw.pick(['A1', 'B1', 'C1']) }
      await hand.act(
        'mail.classified',
        order.commandId,
        ({ ask }) => ask('mail.classify', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_classes WHERE command_id = ?', id),
  },
  'mail.held': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one === undefined) return
      const order = { commandId: v7(), number: one.number, reason: 'spécimen' }
      await hand.act(
        'mail.held',
        order.commandId,
        ({ ask }) => ask('mail.hold', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_holds WHERE command_id = ?', id),
  },
  'mail.released': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one === undefined) return
      const order = { commandId: v7(), number: one.number }
      await hand.act(
        'mail.released',
        order.commandId,
        ({ ask }) => ask('mail.release', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'letter_holds WHERE released_id = ?', id),
  },
  'mail.archiveListed': {
    weight: 1,
    drive: async (hand) => {
      // Nothing of today is over: a letter of long ago, which its day still takes.
      const old = {
        register: 'departure' as const,
        receivedOn: '2010-03-01',
        mode: 'post' as const,
        sender: { name: hand.draw.pick(senders) },
        subject: 'Facture',
        kind: 'invoice',
      }
      const made = await hand.worker.ask('mail.register', { commandId: v7(), letter: old })
      if (!made.ok) return
      const kind = hand.draw.pick(['transfer', 'elimination'] as const)
      const order = { commandId: v7(), kind, numbers: [made.value.letter.number] }
      await hand.act(
        'mail.archiveListed',
        order.commandId,
        ({ ask }) => ask('mail.makeList', order),
        ({ digest }) => digest,
      )
    },
    held: (db, id, digest) =>
      sent(db, id) &&
      db.get('SELECT 1 FROM archive_lists WHERE command_id = ? AND digest = ?', [id, digest]) !== undefined,
  },
  'mail.archiveDecided': {
    weight: 1,
    drive: async (hand) => {
      const { lists } = valueOf(await hand.worker.ask('mail.archive', {}))
      const open = lists.filter(({ state }) => state === 'proposed')
      if (open.length === 0) return
      const order = { commandId: v7(), listId: hand.draw.pick(open).listId, reason: 'spécimen' }
      await hand.act(
        'mail.archiveDecided',
        order.commandId,
        ({ ask }) => ask('mail.withdrawList', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id) && has(db, 'archive_decisions WHERE command_id = ?', id),
  },
  // Two people and a platform that holds all of it: `archive/destroyList` shows what a crash leaves.
  'mail.destroyed': {
    weight: 0,
    drive: async () => undefined,
    held: (db, id) => sent(db, id) && has(db, 'archive_decisions WHERE command_id = ?', id),
  },
  'mail.takenBack': {
    weight: 1,
    drive: async (hand) => {
      const one = await standing(hand)
      if (one?.holder === undefined) return
      const order = { commandId: v7(), number: one.number }
      await hand.act(
        'mail.takenBack',
        order.commandId,
        ({ ask }) => ask('mail.takeBack', order),
        () => '-',
      )
    },
    held: (db, id) => sent(db, id),
  },
  'mail.closed': {
    weight: 1,
    drive: async (hand) => {
      const order = { commandId: v7(), day: `2025-01-${String(hand.draw.below(31) + 1).padStart(2, '0')}` }
      await hand.act(
        'mail.closed',
        order.commandId,
        ({ ask }) => ask('mail.close', order),
        ({ hash }) => hash,
      )
    },
    held: (db, id, digest) =>
      sent(db, id) && db.get('SELECT 1 FROM mail_closings WHERE id = ? AND hash = ?', [id, digest]) !== undefined,
  },
} as const satisfies Readonly<Record<string, Driver>>
