import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { acts } from '#shared/contract/acts.ts'
import {
  personalDataErased,
  personalDataExported,
  type countedKind,
  type personalDataRequested,
  type PersonalRight,
} from '#shared/contract/features/personalData/acts.ts'
import type { HeldFileView, PersonalRequestView } from '#shared/contract/features/personalData/calls.ts'
import { outboxState } from '#shared/contract/features/sync/calls.ts'
import { retentionRules, type WipedKind } from '#shared/domain/retention.ts'
import { allows } from '#shared/domain/roles.ts'
import type { Json } from '#shared/domain/canonical.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId, RequestId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Moment } from '../../journal/timekeeper.ts'
import type { WriteHandle } from '../../store/handle.ts'
import { oneAct } from '../../acts/oneAct.ts'
import { findAct } from '../../acts/rows/repairs.ts'
import { oneActTogether } from '../../acts/witness.ts'
import { writeAct, type ActData } from '../../acts/writeAct.ts'
import { findRequestsOf, type PersonSought } from '../../core/rows/people.ts'
import { findPersonalFile, type PersonalFile } from '../../core/rows/requests.ts'
import { heldOfRequests, wipeItem } from '../../retention/rows/wiping.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { purposeWithBasis, noteAccess, recordAccess, recordAccesses, type Access } from '../../core/recordAccess.ts'
import type { Credentials } from '../../core/signIn.ts'
import { rowKinds } from '../../retention/wipeExpired.ts'
import { owe } from '../../store/rebuild.ts'

/** Longest list of files of one person that is shown; nobody deposits so many at one counter. */
const mostFiles = 200
const day = 86_400_000

/**
 * What of some files is held, and what the law lets go at an instant: its least term is over and the platform has it.
 */
export interface HeldPart {
  readonly kind: Exclude<WipedKind, 'backup'>
  readonly id: string
  readonly request: RequestId
  /** ISO date from which it may be wiped, when that is later. */
  readonly until?: string
}

/**
 * Everything of these requests that a rule of retention covers. What the platform does not hold yet has no date: it
 * stays until then.
 */
export function heldParts(
  context: Pick<Context, 'store' | 'clock'>,
  requests: readonly RequestId[],
): readonly HeldPart[] {
  const now = context.clock.now().getTime()
  return rowKinds.flatMap((kind) =>
    heldOfRequests(context.store.db, kind, requests).map(({ id, since, request }): HeldPart => {
      const free = Date.parse(since) + retentionRules[kind].least * day
      return { kind, id, request, ...(free > now ? { until: new Date(free).toISOString().slice(0, 10) } : {}) }
    }),
  )
}

/**
 * All that this counter holds on a person. The search is an access of its own, whatever it finds. Faults:
 * request.invalid (nothing to
 * look for), those of `recordAccess`.
 */
export function findPerson(context: Context, who: SignedIn, sought: PersonSought): Result<{ files: HeldFileView[] }> {
  if (sought.document === undefined && sought.number === undefined && sought.name === undefined)
    return err(faultOf('request.invalid', 'nobody is named'))
  const found = findRequestsOf(context.store.db, sought, mostFiles)
  const recorded = recordAccess(context, {
    actor: who.code,
    means: 'search',
    purpose: purposeWithBasis(context, 'rights'),
    subject: context.newId(),
  })
  if (!recorded.ok) return recorded
  const parts = heldParts(context, found)
  return ok({
    files: found.flatMap((id) => {
      const file = findPersonalFile(context.store.db, id)
      return file === undefined
        ? []
        : [
            viewOf(
              file,
              parts.filter((part) => part.request === id),
            ),
          ]
    }),
  })
}

const viewOf = (file: PersonalFile, parts: readonly HeldPart[]): HeldFileView => ({
  requestId: file.requestId,
  number: file.number,
  depositedAt: file.depositedAt,
  procedure: file.facts.procedure.title,
  citizen: `${file.facts.citizen.familyName} ${file.facts.citizen.givenNames}`.trim(),
  held: [...new Set(parts.map((part) => part.kind))].map((kind) => {
    const of = parts.filter((part) => part.kind === kind)
    const until =
      of
        .map((part) => part.until ?? '')
        .sort()
        .at(-1) ?? ''
    return { kind, count: of.length, erasable: until === '', ...(until === '' ? {} : { until }) }
  }),
})

/** A request of a person and its answer, as two acts. The same `commandId` is the same answer. */
interface Answer {
  readonly commandId: CommandId
  readonly files: readonly RequestId[]
}

/** What was handed out: the files as they are, for paper and for machines. */
export interface Exported {
  readonly request: PersonalRequestView
  readonly files: readonly PersonalFile[]
}

/**
 * Hands out a copy of some files to the person whom they concern: the request and its answer are two acts of one
 * transaction, with an access for each file. Faults: request.unknown, those of `oneAct`.
 */
export function exportPerson(context: Context, who: SignedIn, { commandId, files: ids }: Answer): Result<Exported> {
  const files = filesOf(context, ids)
  if (!files.ok) return files
  const answer = (): Result<Exported> => ok({ request: requestOf(context, commandId), files: files.value })
  const accesses = files.value.map(({ requestId }): Access => ({
    actor: who.code,
    means: 'copy',
    purpose: purposeWithBasis(context, 'rights'),
    subject: requestId,
  }))
  const order = {
    act: acts.personalDataExported,
    commandId,
    asked: { files: ids },
    // The same copy once more is in the hands of whoever asks for it now.
    again: () => {
      const recorded = recordAccesses(context, accesses)
      return recorded.ok ? answer() : recorded
    },
    recorded: asksFor({ files: ids, right: 'access' }),
  }
  return oneAct(context, who, order, (db, { moment }) => {
    for (const access of accesses) noteAccess(context, db, access)
    const said = { right: 'access' as const, files: [...ids], agent: who.code }
    const act = writeRequest(context, db, moment, said)
    return ok({
      subject: commandId,
      body: linkBody(said),
      data: () => ({ ...said, act }),
      keep: answer,
    })
  })
}

/**
 * Wipes of some files what the law lets go and keeps the rest with its reason; a rectification wipes nothing, it is
 * entered and sent. Two people who may answer for it, both in the journal and in the act.
 * Faults: request.unknown, those of `oneActTogether`.
 */
export async function erasePerson(
  context: Context,
  who: SignedIn,
  {
    commandId,
    files: ids,
    right,
    reason,
    second,
  }: Answer & {
    readonly right: Exclude<PersonalRight, 'access'>
    readonly reason: string
    readonly second: Credentials
  },
): Promise<Result<PersonalRequestView>> {
  const answer = (): Result<PersonalRequestView> => ok(requestOf(context, commandId))
  const order = {
    act: acts.personalDataErased,
    commandId,
    asked: { files: ids, right, reason },
    again: answer,
    recorded: asksFor({ files: ids, right, reason }),
    second,
    may: (roles: Parameters<typeof allows>[0]) => allows(roles, 'serveCitizens') || allows(roles, 'answerPeople'),
  }
  const written = await oneActTogether(context, who, order, (db, { moment, witness }) => {
    const files = filesOf(context, ids)
    if (!files.ok) return files
    const parts = heldParts(context, ids)
    const free = right === 'rectification' ? [] : parts.filter((part) => part.until === undefined)
    for (const { kind, id } of free) wipeItem[kind](db, id, moment.at, context.store.files)
    if (free.length > 0) owe(db)
    const said = { right, files: [...ids], agent: who.code }
    const act = writeRequest(context, db, moment, said)
    const kept = parts.filter((part) => !free.includes(part))
    const done = {
      reason,
      witness,
      erased: [...counted(free)],
      kept: [...counted(kept), ...unsent(context, ids, parts)],
    }
    return ok({
      subject: commandId,
      body: linkBody({ ...said, ...done }),
      data: () => ({ ...said, ...done, act }),
      keep: answer,
    })
  })
  if (written.ok) context.store.checkpoint()
  return written
}

/** Whether an act that was carried out says all of this. */
const asksFor =
  (asked: Readonly<Record<string, Json>>) =>
  (said: Readonly<Record<string, unknown>>): boolean =>
    isDeepStrictEqual(asked, Object.fromEntries(Object.keys(asked).map((name) => [name, said[name]])))

const filesOf = ({ store }: Context, ids: readonly RequestId[]): Result<readonly PersonalFile[]> => {
  const files = [...new Set(ids)].flatMap((id) => findPersonalFile(store.db, id) ?? [])
  return files.length === new Set(ids).size ? ok(files) : err(faultOf('request.unknown'))
}

type Counted = z.infer<typeof countedKind> & { readonly until?: string }
/** Parts by kind, each with the day from which all of it may go. */
export const counted = (parts: readonly HeldPart[]): readonly Counted[] =>
  [...new Set(parts.map((part) => part.kind))].map((kind) => {
    const of = parts.filter((part) => part.kind === kind)
    const until =
      of
        .map((part) => part.until ?? '')
        .sort()
        .at(-1) ?? ''
    return { kind, count: of.length, ...(until === '' ? {} : { until }) }
  })

/** Persons whose files the platform does not hold yet: nothing of them may go. */
const unsent = ({ store }: Context, ids: readonly RequestId[], parts: readonly HeldPart[]): readonly Counted[] => {
  const waiting = ids.filter(
    (id) =>
      !parts.some((part) => part.kind === 'person' && part.request === id) &&
      findPersonalFile(store.db, id)?.wipedAt === undefined,
  )
  return waiting.length === 0 ? [] : [{ kind: 'person', count: waiting.length }]
}

/** The act of the request itself, which its answer names. */
const writeRequest = (
  context: Context,
  db: WriteHandle,
  moment: Moment,
  said: ActData<z.infer<typeof personalDataRequested>>,
): { readonly seq: number; readonly id: string } => {
  const id = context.newId() as CommandId // newId makes UUIDs
  const { seq } = writeAct(context, db, {
    act: acts.personalDataRequested,
    id,
    actor: said.agent,
    moment,
    subject: id,
    body: linkBody(said),
    data: () => said,
  })
  return { seq, id }
}

/** The link names no file by itself, the hash of the act stands for them. */
const linkBody = ({
  files,
  agent: _agent,
  ...said
}: Readonly<Record<string, Json | undefined>> & { readonly files: readonly string[] }): Readonly<
  Record<string, Json>
> =>
  Object.fromEntries(
    Object.entries({ ...said, files: files.length }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )

const answered = z.object({ time: z.iso.datetime(), data: z.union([personalDataErased, personalDataExported]) })

/** How a request was answered, from the answering act; nothing when there is none of that id. */
export function findPersonalRequest({ store }: Pick<Context, 'store'>, id: string): PersonalRequestView | undefined {
  const act = findAct(store.db, id)
  const read =
    act === undefined || (act.type !== acts.personalDataErased.type && act.type !== acts.personalDataExported.type)
      ? undefined
      : answered.safeParse(JSON.parse(act.envelope))
  if (act === undefined || read?.success !== true) return undefined
  const { time, data } = read.data
  return {
    id: act.id,
    at: time,
    right: data.right,
    files: data.files.length,
    agent: data.agent,
    state: outboxState.parse(act.state),
    erased: 'erased' in data ? data.erased : [],
    kept: 'kept' in data ? data.kept : [],
    ...('witness' in data ? { witness: data.witness } : {}),
  }
}

const requestOf = (context: Context, id: string): PersonalRequestView => {
  const request = findPersonalRequest(context, id)
  if (request === undefined) throw new Error('the answer just written is not there')
  return request
}
