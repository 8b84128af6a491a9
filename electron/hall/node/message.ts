import { z } from 'zod'
import { hallAnswer } from '#shared/domain/hall/command.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { fileText } from '#shared/contract/hallCalls.ts'
import { ticketName } from '#shared/domain/hall/ticket.ts'
import { sha256Hex } from '#shared/ids.ts'
import { entry } from './entry.ts'
import { wireFault } from './wireFault.ts'

const answered = z.union([
  z.strictObject({ ok: z.literal(true), value: hallAnswer }),
  z.strictObject({
    ok: z.literal(false),
    fault: wireFault,
  }),
])

const epoch = z.int().min(0)
const seq = z.int().min(0)

/** How many entries travel at once. */
export const entriesAtOnce = 200

/** What stations say to each other. Who says it is known from the connection, never from the message. */
export const message = z.discriminatedUnion('type', [
  /** From who serves: entries after `after`, or none; `commit`: up to where a majority has the log. */
  z.strictObject({
    type: z.literal('append'),
    epoch,
    after: seq,
    afterHash: sha256Hex,
    entries: z.array(entry).max(entriesAtOnce),
    commit: seq,
    round: z.int(),
  }),
  /** A majority has the log up to an entry: no answer is waited for. */
  z.strictObject({ type: z.literal('commit'), epoch, seq, hash: sha256Hex }),
  /** `last`: how far the log agrees; where `ok` is false, from where to try again. Sent when it is on disk. */
  z.strictObject({ type: z.literal('appended'), epoch, ok: z.boolean(), last: seq, round: z.int() }),
  z.strictObject({ type: z.literal('alive'), epoch }),
  z.strictObject({ type: z.literal('prepare'), epoch }),
  /** Sent when the promise is on disk. `promised`: to what this station is bound. */
  z.strictObject({
    type: z.literal('promised'),
    epoch,
    granted: z.boolean(),
    promised: epoch,
    lastEpoch: epoch,
    lastSeq: seq,
  }),
  z.strictObject({ type: z.literal('fetch'), epoch, after: seq }),
  z.strictObject({
    type: z.literal('fetched'),
    epoch,
    after: seq,
    afterHash: sha256Hex,
    entries: z.array(entry).max(entriesAtOnce),
    last: seq,
  }),
  /** Of one epoch: a copy that comes when somebody else serves is nobody's. */
  z.strictObject({
    type: z.literal('command'),
    epoch,
    id: z.string().max(100),
    /** As it came: who serves says so where it is older than who asks. */
    command: z.looseObject({ type: z.string().max(40) }),
  }),
  z.strictObject({ type: z.literal('answer'), id: z.string().max(100), result: answered }),
  /** How far is the log of who serves? Asked before a view is answered. */
  z.strictObject({ type: z.literal('where'), id: z.string().max(100) }),
  z.strictObject({ type: z.literal('here'), id: z.string().max(100), commit: seq }),
])
export type Message = z.infer<typeof message>
/** What a counter says to another one about the file of a ticket: beside the log, which only grows and has no file. */
export const fileMessage = z.discriminatedUnion('type', [
  /** Whoever called the ticket asks for its file. */
  z.strictObject({ type: z.literal('wantFile'), id: z.uuid(), ticket: ticketName }),
  /** Nothing in it: it is there no more, or nobody has it there to give. */
  z.strictObject({ type: z.literal('file'), id: z.uuid(), file: fileText.optional() }),
])
export type FileMessage = z.infer<typeof fileMessage>

const anyMessage = z.union([message, fileMessage])
const kinds: ReadonlySet<string> = new Set(
  [...message.options, ...fileMessage.options].map(({ shape }) => shape.type.value),
)

/**
 * A message as it travels. `later`: of a kind that only a later version has, and which is nobody's fault; nothing for
 * what is no message. A later version brings kinds of messages and events, never members to those that there are.
 */
export function readMessage(text: string): Message | FileMessage | 'later' | undefined {
  const json = readJson(text)
  const read = anyMessage.safeParse(json)
  if (read.success) return read.data
  const { data } = z.looseObject({ type: z.string() }).safeParse(json)
  return data !== undefined && !kinds.has(data.type) ? 'later' : undefined
}

export type MessageOf<T extends Message['type']> = Extract<Message, { type: T }>
