import { createHash, generateKeyPairSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { CounterIdentity } from '#electron/worker/outbox/auth.ts'
import type { QueuedCommand } from '#electron/worker/outbox/ports.ts'
import { queueAct } from '#electron/worker/acts/rows/queue.ts'
import type { WriteHandle } from '#electron/worker/store/handle.ts'
import { actOfType, acts, namesOf } from '#shared/contract/acts.ts'
import { repairs } from '#shared/contract/features/corrections/acts.ts'
import { attachmentsOf, type RepairKind } from '#shared/contract/act.ts'
import { command, enrolment, type Command } from '#shared/contract/platform.ts'
import { canonicalJson, type Json } from '#shared/domain/canonical.ts'
import { formatRegisterNumber } from '#shared/domain/registerNumber.ts'
import { counterId, type CounterId } from '#shared/ids.ts'

export const aCounter = (text = 'RAB03-G2'): CounterId => counterId.parse(text)

/** A counter with a key of its own. */
export function anIdentity(counter: CounterId = aCounter()): CounterIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    counterId: counter,
    privateKey,
    publicKey: enrolment.shape.publicKey.parse(publicKey.export({ format: 'jwk' })),
  }
}

export const sha256Of = (value: Json): string => createHash('sha256').update(canonicalJson(value)).digest('hex')

/** The hash of the act made last for each place of a series: the next one follows it (`prevhash`), as at a counter. */
const madeLast = new Map<string, string>()

/** The deposit number `seq` of a counter; what is given replaces what is there. `padding` characters make it longer. */
export function aCommand(seq: number, changes: Partial<Record<keyof Command, unknown>> = {}, padding = 0): Command {
  const counter = counterId.parse(changes.counterid ?? aCounter())
  const data = {
    requestId: v7(),
    receiptId: v7(),
    number: formatRegisterNumber(2026, counter, seq),
    procedure: { code: 'PERMIS-HABITER', version: '2026.1' },
    complete: true,
    ...(padding === 0 ? {} : { note: 'x'.repeat(padding) }),
  }
  const made = command.parse({
    specversion: '1.0',
    id: v7(),
    source: `urn:guichet:counter:${counter}`,
    type: acts.requestDeposited.type,
    time: '2026-11-21T09:42:00.000Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:guichet:schema:request.deposited:1',
    counterid: counter,
    seq,
    hlc: `1795254120000-0000-${counter}`,
    prevhash: madeLast.get(`${counter} ${String(seq - 1)}`) ?? '0'.repeat(64),
    sha256: sha256Of(data),
    data,
    ...changes,
  })
  madeLast.set(`${counter} ${String(seq)}`, made.sha256)
  return made
}

/** A run of commands from `first` on. */
export const commands = (count: number, first = 1, changes: Partial<Record<keyof Command, unknown>> = {}): Command[] =>
  Array.from({ length: count }, (_, at) => aCommand(first + at, changes))

/** Puts an act into the outbox of a register, with what the registry reads off it. */
export function queueCommand(db: WriteHandle, one: Command): void {
  const entry = actOfType(one.type)?.act
  const data = entry?.data.safeParse(one.data)
  queueAct(db, {
    seq: one.seq,
    id: one.id,
    type: one.type,
    at: one.time,
    sha256: one.sha256,
    envelope: JSON.stringify(one),
    // Of an act that lacks its shape only the files are known, as at a counter that queued it.
    ...(entry === undefined || data?.success !== true ? { files: attachmentsOf(one.data) } : namesOf(entry, one.data)),
  })
}

export const queued = (one: Command): QueuedCommand => ({
  seq: one.seq,
  id: one.id,
  sha256: one.sha256,
  json: JSON.stringify(one),
})

/** The act `seq` that puts another one right. */
export function aRepair(kind: RepairKind, seq: number, of: Command, data: Command['data'] = {}): Command {
  const witness: Command['data'] = kind === 'corrected' ? {} : { witness: 'AG-014' }
  const whole: Command['data'] = {
    ...of.data,
    act: { seq: of.seq, id: of.id },
    reason: 'spécimen',
    agent: 'CS-002',
    ...witness,
    ...data,
  }
  return aCommand(seq, {
    counterid: of.counterid,
    type: repairs[kind].type,
    dataschema: `urn:guichet:schema:request.${kind}:1`,
    data: whole,
    sha256: sha256Of(whole),
  })
}

/** The act `seq` that brings what a deposit lacked. */
export function aComplement(seq: number, of: Command, data: Command['data'] = {}): Command {
  const { requestId = '', number = '' } = of.data
  const said: Command['data'] = {
    requestId,
    receiptId: v7(),
    number,
    act: { seq: of.seq, id: of.id },
    pieces: [{ code: 'plan', attachments: [] }],
    complete: true,
    lastDay: '2026-12-16',
    agent: 'AG-014',
    ...data,
  }
  return aCommand(seq, {
    counterid: of.counterid,
    type: acts.requestComplemented.type,
    dataschema: 'urn:guichet:schema:request.complemented:1',
    data: said,
    sha256: sha256Of(said),
  })
}

/** The act `seq` that enters a letter in a register, or one about that letter. */
export function aLetter(
  seq: number,
  counterid: string,
  said: { readonly kind?: 'arrival' | 'departure' | 'cancelled' | 'routed'; readonly data?: Command['data'] } = {},
): Command {
  const { kind = 'arrival', data = {} } = said
  const about = { letterId: v7(), number: `2026/${counterid}/A-${String(seq).padStart(6, '0')}`, agent: 'BO-007' }
  const letter = {
    register: 'arrival',
    receivedOn: '2026-11-21',
    mode: 'post',
    sender: { name: 'Commune spécimen' },
    recipients: [],
    subject: 'Demande d’avis',
    kind: 'letter',
    urgency: 'normal',
    confidentiality: 'none',
    sealed: false,
    enclosures: [],
  }
  const more = {
    arrival: { register: 'arrival', receivedOn: '2026-11-21', letter, content: 'a'.repeat(64), attachments: [] },
    departure: { register: 'departure', receivedOn: '2026-11-21', letter, content: 'a'.repeat(64), attachments: [] },
    cancelled: { reason: 'spécimen' },
    routed: { routing: { to: 'URB', copies: [] } },
  }[kind]
  const whole = { ...about, ...more, ...data }
  return aCommand(seq, {
    counterid,
    type: `ma.guichet.mail.${kind}.v1`,
    dataschema: `urn:guichet:schema:mail.${kind}:1`,
    data: whole,
    sha256: sha256Of(whole),
  })
}

/** The act `seq` about the data of a person: what is asked, or the answer to an earlier act. */
export function aPersonAct(
  kind: 'requested' | 'exported' | 'erased',
  seq: number,
  counterid: string,
  data: Command['data'],
): Command {
  const types = {
    requested: acts.personalDataRequested.type,
    exported: acts.personalDataExported.type,
    erased: acts.personalDataErased.type,
  }
  return aCommand(seq, {
    counterid,
    type: types[kind],
    dataschema: `urn:guichet:schema:personalData.${kind}:1`,
    data,
    sha256: sha256Of(data),
  })
}
