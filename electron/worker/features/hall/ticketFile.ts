import { v4, v5 } from 'uuid'
import type { TicketView } from '#shared/contract/features/hall/views.ts'
import type { Sha256 } from '#shared/ids.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { addAttachment } from '../../core/addFile.ts'
import type { SignedIn } from '../../core/context.ts'
import type { HandlerContext } from '../../core/handlerContext.ts'
import { deleteDraft, draftById, findDraft, saveDraft } from '../../core/rows/drafts.ts'
import type { Asking } from './askHall.ts'
import { packFile, scansOf, unpackFile, withScans } from './carriedFile.ts'

const kind = 'request'

/**
 * Lets a draft of this person go with a ticket that was called here: whoever calls the ticket next asks for it here. It
 * stays with him until then. Asked again for the same act it is done once; without such a draft nothing is. Faults: those
 * of the hall.
 */
export async function letFileGo(
  { answering, command }: Asking,
  who: SignedIn,
  { commandId, ticket, id }: { readonly commandId: string; readonly ticket: string; readonly id: string },
): Promise<Result<unknown>> {
  const mine = findDraft(answering.context.store.db, { login: who.view.login, kind, id })
  return mine === undefined ? ok({}) : command(v5('file', commandId), { type: 'file', ticket, id })
}

/**
 * Takes the file of a ticket that was called here: it is a draft of this person from now on, and durable here before the
 * hall hears so. What he has of it already is not written over. Faults: ticket.state, hall.fileAway, hall.fileGone,
 * hall.fileUnreadable, those of `addAttachment`, of `Tx` and of the hall.
 * @returns its id, and how many scans stayed where it was
 */
export async function takeFile(
  asking: Asking,
  who: SignedIn,
  ticket: string,
): Promise<Result<{ id: string; left: number }>> {
  const { answering, command } = asking
  const { parts, context } = answering
  const view = parts.hall?.facts()?.hall
  const file = view?.counters.find(({ counter }) => counter === String(asking.counter))?.ticket
  if (parts.hall === undefined || view === undefined || file?.ticket !== ticket || file.file === undefined)
    return err(faultOf('ticket.state', `${ticket} has no file here`, { ticket }))
  const { id, station } = file.file
  const key = { login: who.view.login, kind, id } as const
  let left = 0
  if (findDraft(context.store.db, key) === undefined) {
    if (station === view.station) {
      const moved = moveHere(answering, who, id)
      if (!moved.ok) return moved
    } else {
      const came = await parts.hall.file(ticket)
      const kept = came.ok ? await keepFile(answering, who, id, came.value.file) : came
      if (!kept.ok) return kept
      left = kept.value
    }
  }
  if (station === view.station) return ok({ id, left })
  // Where the hall does not hear it now, both counters have it, and the next one to call the ticket asks there.
  await command(v4(), { type: 'file', ticket, id })
  return ok({ id, left })
}

/** Of a colleague at this counter: from now on it is his who called. */
function moveHere({ context }: HandlerContext, who: SignedIn, id: string): Result<unknown> {
  return context.store.tx((db) => {
    const found = draftById(db, { kind, id })
    if (found === undefined) return err(faultOf('hall.fileGone'))
    const { login, kept } = found
    saveDraft(db, { login: who.view.login, kind, id }, kept)
    deleteDraft(db, { login, kind, id })
    return ok({})
  })
}

async function keepFile({ context }: HandlerContext, who: SignedIn, id: string, text: string): Promise<Result<number>> {
  const file = unpackFile(text)
  if (file === undefined) return err(faultOf('hall.fileUnreadable'))
  const there = new Set<Sha256>()
  for (const { sha256, bytes } of file.scans) {
    const added = await addAttachment(context, who, Buffer.from(bytes, 'base64'))
    if (!added.ok) return added
    if (added.value.sha256 === sha256) there.add(sha256)
  }
  const savedAt = context.clock.now().toISOString()
  return context.store.tx((db) => {
    saveDraft(
      db,
      { login: who.view.login, kind, id },
      { draft: withScans(file.draft, there), revision: 1, writer: undefined, savedAt, citizen: file.citizen },
    )
    return ok(scansOf(file.draft).size - there.size)
  })
}

/**
 * Gives the files of this register to the counters that called their tickets, and drops a draft once another station has
 * it: not where somebody went on with it here meanwhile.
 */
export function watchFiles({ parts, context, background }: HandlerContext): () => void {
  const { hall } = parts
  if (hall === undefined) return () => undefined
  /** Revisions that were given, by id. */
  const given = new Map<string, number>()
  const give = (id: string): string | undefined => {
    const found = draftById(context.store.db, { kind, id })
    if (found === undefined) return undefined
    const { draft, citizen, revision } = found.kept
    given.set(id, revision)
    return packFile(draft, citizen, (sha256) => {
      const bytes = context.store.files.get(sha256)
      return bytes.ok ? bytes.value : undefined
    })
  }
  const dropTaken = (): void => {
    const view = hall.facts()?.hall
    if (view === undefined || given.size === 0) return
    const counters = view.counters.flatMap(({ ticket }) => ticket ?? [])
    for (const { file } of [...counters, ...view.waiting, ...view.parked, ...view.missed] as readonly TicketView[]) {
      const revision = file === undefined || file.station === view.station ? undefined : given.get(file.id)
      if (file === undefined || revision === undefined) continue
      const dropped = context.store.tx((db) => {
        const found = draftById(db, { kind, id: file.id })
        if (found?.kept.revision === revision) deleteDraft(db, { login: found.login, kind, id: file.id })
        return ok({})
      })
      if (dropped.ok) given.delete(file.id)
    }
  }
  const offs = [
    hall.onWanted(give),
    hall.onChange(() => {
      background.safely('hall', dropTaken)
    }),
  ]
  return () => {
    for (const off of offs) off()
  }
}
