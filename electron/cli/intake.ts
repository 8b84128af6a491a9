import { v7 } from 'uuid'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import { attachmentLimit } from '#shared/contract/features/intake/calls.ts'
import type { PieceLine, RequestDraft } from '#shared/domain/request/request.ts'
import { readJson } from '#shared/domain/readJson.ts'
import { decodeText } from '#shared/text/decode.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { intakeExample, intakeRequest, type IntakeRequest } from './intakeRequest.ts'
import type { OpenWorker } from './openWorker.ts'
import { readPath, readRegular } from './readInput.ts'
import { placeOf, writtenReceipt } from './writeReceipt.ts'

/** `guichet intake`: one request taken in, one receipt issued; the network is not waited for. */
export const intake: Command = {
  name: 'intake',
  summary: 'takes in one request (JSON on standard input or --file) and issues its receipt',
  usage: '[--file FILE] [--out FILE] [--login LOGIN]',
  options: { file: { type: 'string' }, out: { type: 'string' }, login: { type: 'string' } },
  example: intakeExample,
  async run(context) {
    const request = await readRequest(context)
    if (!request.ok) return request
    // Whoever holds the register keeps everybody else out: what can be waited for comes before.
    const files = await readFiles(request.value)
    if (!files.ok) return files
    const place = placeOf(context)
    if (!place.ok) return place
    const [{ openWorker }, { openDevices }] = await Promise.all([import('./openWorker.ts'), import('./devices.ts')])
    const { devices, close } = openDevices(context)
    try {
      const worker = await openWorker(context, { devices })
      if (!worker.ok) return worker
      try {
        return await takeIn(worker.value, { ...request.value, read: files.value }, context)
      } finally {
        await worker.value.close()
      }
    } finally {
      await close()
    }
  },
}

const readRequest = async ({ options, stdin }: CommandContext): Promise<Result<IntakeRequest>> => {
  const bytes = typeof options['file'] === 'string' ? await readPath(options['file']) : await stdin()
  if (!bytes.ok) return bytes
  const decoded = decodeText(bytes.value)
  if ('flaw' in decoded) return err(faultOf('request.invalid', decoded.flaw))
  const json = readJson(decoded.text)
  if (json === undefined) return err(faultOf('request.invalid', 'not JSON'))
  const parsed = intakeRequest.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  // The paths of what was refused, never the values: they may be personal.
  return err(
    faultOf(
      'request.invalid',
      parsed.error.issues
        .slice(0, 8)
        .map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`)
        .join('; '),
    ),
  )
}

/** The bytes of every file that a request names, by its path. Faults: file.unreadable, attachment.tooLarge. */
export const readFiles = async ({ pieces }: IntakeRequest): Promise<Result<Files>> => {
  const read = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const path of new Set(pieces.flatMap(({ files }) => files))) {
    const bytes = await readRegular(path, attachmentLimit)
    if (!bytes.ok) return bytes
    read.set(path, bytes.value)
  }
  return ok(read)
}
type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** Takes in one request through the calls that the window makes. */
export async function takeIn(
  { ask }: OpenWorker,
  request: IntakeRequest & { readonly read: Files },
  context: CommandContext,
): Promise<Result<Said>> {
  const draft = await draftOf(ask, request)
  if (!draft.ok) return draft
  const citizen = await identify(ask, request)
  if (!citizen.ok) return citizen
  const commandId = request.commandId ?? (v7() as CommandId) // v7 makes UUIDs
  const issued = await ask('receipt.issue', { commandId, identityId: citizen.value.identityId, draft: draft.value })
  if (!issued.ok) return issued
  return writtenReceipt(ask, { ...issued.value, commandId }, context)
}

const draftOf = async (
  ask: OpenWorker['ask'],
  request: IntakeRequest & { readonly read: Files },
): Promise<Result<RequestDraft>> => {
  const sheet =
    request.procedureVersion === undefined ? await ask('catalogue.sheet', { code: request.procedure }) : undefined
  if (sheet?.ok === false) return sheet
  const pieces: PieceLine[] = []
  for (const { code, state, files } of request.pieces) {
    const attachments: PieceLine['attachments'] = []
    for (const path of files) {
      const bytes = request.read.get(path) ?? new Uint8Array()
      const added = await ask('attachment.add', { name: path.slice(-255), bytes })
      if (!added.ok) return added
      attachments.push(added.value.sha256)
    }
    pieces.push({ code, state, attachments })
  }
  const { capacity, represented, fee, note, language } = request
  return ok({
    procedure: request.procedure,
    procedureVersion: request.procedureVersion ?? sheet?.value.version ?? '',
    pieces,
    capacity,
    represented,
    fee,
    note,
    language,
  })
}

const identify = async (ask: OpenWorker['ask'], { identity }: IntakeRequest): Promise<Result<IdentityView>> => {
  if (identity.source === 'typed') {
    const { source: _, reason, note, ...person } = identity
    return ask('identity.type', { identity: person, reason, ...(note === undefined ? {} : { note }) })
  }
  const read = await ask('card.read', identity.reader === undefined ? {} : { reader: identity.reader })
  if (!read.ok) return read
  const state = await ask('card.state', {})
  if (!state.ok) return state
  return state.value.citizen === undefined ? err(faultOf('identity.gone')) : ok(state.value.citizen)
}
