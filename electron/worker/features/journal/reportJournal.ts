import type { JournalFilter, JournalVerdict } from '#shared/contract/features/journal.ts'
import type { Sha256 } from '#shared/ids.ts'
import type { Press } from '#shared/ports/press.ts'
import { ok, type Result } from '#shared/result.ts'
import { officeDay, readOffice, type Context } from '../../core/context.ts'
import { viewJournal, viewProofs } from './viewJournal.ts'

/** Entries on paper, the newest of what was chosen: some ten pages, set in a second. The JSON Lines have them all. */
const printedEntries = 500

/**
 * An auditor's report as PDF: verdict, heads, closings, and the newest entries of a choice. That it was made is in the
 * journal too,
 * except in quarantine. Faults: those of `Tx`.
 * @param verdict of a walk over the whole journal that has just been made
 */
export async function reportJournal(
  context: Context,
  press: Pick<Press, 'make'>,
  actor: string,
  filter: JournalFilter,
  verdict: JournalVerdict,
): Promise<Result<{ name: string; bytes: Uint8Array; links: number; head: Sha256 }>> {
  const { store, journal, counter, clock } = context
  const office = readOffice(store)
  const now = clock.now()
  const { entries, more } = viewJournal(context, { limit: printedEntries, filter })
  const { utcOffsetMinutes } = officeDay(office, now)
  const made = await press.make({
    kind: 'journal',
    facts: {
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
    },
  })
  if (!made.ok) return made
  const { links, head } = verdict
  const noted =
    store.barred() !== undefined
      ? ok(undefined)
      : store.tx((db) =>
          ok(
            journal.append(db, {
              actor,
              kind: 'journal.exported',
              subject: counter,
              body: { format: 'pdf', links, head },
            }),
          ),
        )
  return noted.ok
    ? ok({ name: `journal-${counter}-${String(links)}.pdf`, bytes: made.value, links, head: head as Sha256 })
    : noted // a hash of ours
}
