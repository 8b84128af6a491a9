import { namesOf, type ActKind } from '#shared/contract/acts.ts'
import type { Act } from '#shared/contract/act.ts'
import type { Json } from '#shared/domain/canonical.ts'
import type { CommandId, Sha256 } from '#shared/ids.ts'
import type { Link } from '../journal/journal.ts'
import type { Moment } from '../journal/timekeeper.ts'
import type { Context } from '../core/context.ts'
import { lastCommand } from '../outbox/rows/outboxRows.ts'
import type { WriteHandle } from '../store/handle.ts'
import { envelopeOf } from './envelope.ts'
import { queueAct } from './rows/queue.ts'

/**
 * What an act says, without what every act says and is added here: the place of its link (`journal`) and how far the
 * clock stood back (`clockBackMs`).
 */
export type ActData<Data extends object> = Omit<Data, 'journal' | 'clockBackMs'> &
  Readonly<Record<string, Json | undefined>>

/** One act that was decided. */
export interface Decided<Data extends object> {
  readonly act: Act<Data, ActKind>
  readonly id: CommandId
  /** The code of who did it. */
  readonly actor: string
  readonly moment: Moment
  /** The id that its link of the journal is about. No personal data, as in `body`. */
  readonly subject: string
  readonly body: Readonly<Record<string, Json>>
  /** What the platform is told; made once the link is there, since a seal or an anchor names it. */
  readonly data: (link: Link) => ActData<Data>
  /** SHA-256 of what was asked; absent for an act that the program adds by itself. */
  readonly asked?: Sha256 | undefined
}

/** Where an act stands: its place among those that are sent, and its link of the journal. */
export interface Written {
  readonly id: CommandId
  readonly seq: number
  readonly link: Link
}

/**
 * Writes an act inside the caller's transaction: its link of the journal, its envelope, and its item of the outbox with
 * number, request and files as the registry reads them off its data. Never one without the others.
 */
export function writeAct<Data extends object>(
  { journal, counter }: Pick<Context, 'journal' | 'counter'>,
  db: WriteHandle,
  { act, id, actor, moment, subject, body, data, asked }: Decided<Data>,
): Written {
  const link = journal.appendAct(db, { actor, kind: act.journal, subject, body }, moment)
  const said = data(link)
  const envelope = envelopeOf({
    id,
    type: act.type,
    counter,
    moment,
    last: lastCommand(db),
    data: {
      ...said,
      journal: { seq: link.seq, hash: link.hash },
      clockBackMs: moment.backMs === 0 ? undefined : moment.backMs,
    },
  })
  queueAct(db, {
    seq: envelope.seq,
    id,
    type: act.type,
    at: moment.at,
    sha256: envelope.sha256,
    envelope: envelope.text,
    asked,
    ...namesOf(act, said),
  })
  return { id, seq: envelope.seq, link }
}
