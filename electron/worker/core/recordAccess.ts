import type { PurposeView } from '#shared/contract/features/intake/calls.ts'
import {
  atTheDesk,
  usualPurposes,
  type AccessMeans,
  type GroundedPurpose,
  type Purpose,
} from '#shared/domain/identity/purpose.ts'
import { ok, type Result } from '#shared/result.ts'
import type { WriteHandle } from '../store/handle.ts'
import { readOffice, type Context, type SignedIn } from './context.ts'

/** The kind of the journal's links that make up the access log. */
export const accessKind = 'personalData.accessed'

/** Personal data that somebody is about to see; never whose they are. */
export interface Access {
  /** The agent's code. */
  readonly actor: string
  readonly means: AccessMeans
  readonly purpose: GroundedPurpose
  /** The id of the identity in memory, of the request, or of the receipt: what a later question starts from. */
  readonly subject: string
  readonly reader?: string
  /** The kind of document: the profile that read it, never its number. */
  readonly document?: string
}

/** The purposes of this office, each with the law or decision that allows it. */
const purposesOf = ({ store }: Pick<Context, 'store'>): readonly PurposeView[] =>
  readOffice(store).personalData?.purposes ?? usualPurposes

/** A purpose with its basis; where the office did not name it, with the usual one. */
export function purposeWithBasis(context: Pick<Context, 'store'>, wanted: Purpose): PurposeView {
  const known =
    purposesOf(context).find((one) => one.purpose === wanted) ?? usualPurposes.find((one) => one.purpose === wanted)
  return (
    known ?? {
      purpose: wanted,
      basis: { fr: 'Décision du service', ar: 'قرار المصلحة', en: 'Decision of the office' },
      source: 'décision du service',
    }
  )
}

/** What citizens are served for at this counter unless the agent says something else. */
export const defaultDeskPurpose = (context: Pick<Context, 'store'>): PurposeView =>
  deskPurposes(context)[0] ?? purposeWithBasis(context, 'deposit')

/** The purposes that an agent may choose from. */
export const deskPurposes = (context: Pick<Context, 'store'>): readonly PurposeView[] =>
  purposesOf(context).filter((one) => atTheDesk.includes(one.purpose))

/**
 * Enters an access in the journal before the data are shown: what cannot be recorded is not shown. An old copy in
 * quarantine is read
 * without a link, since none is added to a journal that lost some. Faults: those of `Tx`.
 */
export const recordAccess = (context: Pick<Context, 'store' | 'journal'>, access: Access): Result<void> =>
  recordAccesses(context, [access])

/** The same for several at once. */
export function recordAccesses(context: Pick<Context, 'store' | 'journal'>, accesses: readonly Access[]): Result<void> {
  if (accesses.length === 0 || context.store.readOnlyReason() !== undefined) return ok(undefined)
  return context.store.tx((db) => {
    for (const access of accesses) noteAccess(context, db, access)
    return ok(undefined)
  })
}

/** Whom the lists of a session have shown already. */
const seenInLists = new WeakMap<SignedIn, Set<string>>()

/**
 * Enters that a list showed people. Screens read their lists again whenever something changes: who was shown to the same
 * person in the same session is no new access, whoever came to the list since is. Faults: those of `Tx`.
 * @param list what the line names: the day, or an id of the list; `shown` the ids of the lines that name somebody
 */
export function recordList(
  context: Pick<Context, 'store' | 'journal'>,
  who: SignedIn,
  list: { readonly purpose: Purpose; readonly subject: string; readonly shown: readonly string[] },
): Result<void> {
  const seen = seenInLists.get(who) ?? new Set()
  if (list.shown.every((id) => seen.has(id))) return ok(undefined)
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'list',
    purpose: purposeWithBasis(context, list.purpose),
    subject: list.subject,
  })
  if (!recorded.ok) return recorded
  for (const id of list.shown) seen.add(id)
  seenInLists.set(who, seen)
  return ok(undefined)
}

/** Whom the searches of a session have found already. */
const foundBefore = new WeakMap<SignedIn, Set<string>>()

/**
 * Enters that a search found these, each by its own line, also whom a list has shown: somebody was looked for. A search
 * that is asked again with every letter finds the same person once in a session. Faults: those of `Tx`.
 */
export function recordFound(
  context: Pick<Context, 'store' | 'journal'>,
  who: SignedIn,
  ids: readonly string[],
): Result<void> {
  const before = foundBefore.get(who) ?? new Set()
  const fresh = ids.filter((id) => !before.has(id))
  const purpose = purposeWithBasis(context, 'verification')
  const recorded = recordAccesses(
    context,
    fresh.map((subject) => ({ actor: who.code, means: 'search', purpose, subject })),
  )
  if (!recorded.ok) return recorded
  foundBefore.set(who, new Set([...before, ...fresh]))
  return ok(undefined)
}

/** Enters an access beside what is done with the data, in its transaction. */
export function noteAccess(
  { journal }: Pick<Context, 'journal'>,
  db: WriteHandle,
  { actor, means, purpose, subject, reader, document }: Access,
): void {
  journal.append(db, {
    actor,
    kind: accessKind,
    subject,
    body: {
      means,
      purpose: purpose.purpose,
      basis: purpose.source,
      ...(reader === undefined ? {} : { reader }),
      ...(document === undefined ? {} : { document }),
    },
  })
}
