import type { JournalFilter, JournalVerdict } from '#shared/contract/features/journal/calls.ts'
import type { JournalReport } from '#shared/domain/papers/journal.ts'
import type { PaperId, Sha256 } from '#shared/ids.ts'
import type { Press } from '#shared/ports/press.ts'
import { ok, type Result } from '#shared/result.ts'
import { readyPaper, type PdfSource } from '../../papers/readyPaper.ts'
import { officeDay, readOffice, type Context } from '../../core/context.ts'
import { viewJournal, viewProofs } from './viewJournal.ts'

/** Entries on paper, the newest of what was chosen: some ten pages, set in a second. The JSON Lines have them all. */
const printedEntries = 500

/**
 * An auditor's report as PDF: verdict, heads, closings, and the newest entries of a choice. It is kept as a paper, and
 * that it was made is in the journal; where acts are refused it is made and not kept. Faults: those of `Tx`, of `Press`
 * and of `Spool.pdf`.
 * @param verdict of a walk over the whole journal that has just been made
 */
export async function reportJournal(
  context: Context,
  { press, papers }: { readonly press: Pick<Press, 'make'>; readonly papers: PdfSource },
  actor: string,
  filter: JournalFilter,
  verdict: JournalVerdict,
): Promise<Result<{ name: string; bytes: Uint8Array; links: number; head: Sha256 }>> {
  const { store, journal, counter, clock } = context
  const office = readOffice(store)
  const now = clock.now()
  const { entries, more } = viewJournal(context, { limit: printedEntries, filter })
  const { utcOffsetMinutes } = officeDay(office, now)
  const { links, head } = verdict
  const number = `journal-${counter}-${String(links)}`
  const facts: JournalReport = {
    counter,
    madeAt: now.toISOString(),
    utcOffsetMinutes,
    madeBy: actor,
    verdict,
    proofs: viewProofs(context),
    entries,
    cut: more,
    authority: office.authority,
    office: office.name,
  }
  const said = (bytes: Uint8Array) => ({ name: `${number}.pdf`, bytes, links, head: head as Sha256 }) // a hash of ours
  if (store.readOnlyReason() !== undefined) {
    const made = await press.make({ kind: 'journal', facts })
    return made.ok ? ok(said(made.value.pdf)) : made
  }
  const id = context.newId() as PaperId // newId makes UUIDs
  const made = await readyPaper(context, papers, { kind: 'journal', subject: id }, () => ({
    kind: 'journal',
    id,
    subject: id,
    number,
    facts,
    at: facts.madeAt,
  }))
  if (!made.ok) return made
  const noted = store.tx((db) =>
    ok(journal.append(db, { actor, kind: 'journal.exported', subject: counter, body: { format: 'pdf', links, head } })),
  )
  return noted.ok ? ok(said(made.value.bytes)) : noted
}
