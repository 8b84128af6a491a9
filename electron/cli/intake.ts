import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 } from 'uuid'
import type { IdentityView } from '#shared/contract/features/intake/calls.ts'
import type { PieceLine, RequestDraft } from '#shared/domain/request/request.ts'
import { faultOf } from '#shared/fault.ts'
import type { CommandId } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { writeWhole } from '#electron/worker/keys/wholeFile.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { intakeExample, intakeRequest, type IntakeRequest } from './intakeRequest.ts'
import type { OpenWorker } from './openWorker.ts'

/** `guichet intake`: one request taken in, one receipt issued; the network is not waited for. */
export const intake: Command = {
  name: 'intake',
  summary: 'takes in one request (JSON on standard input or --file) and issues its receipt',
  usage: '[--file FILE] [--out FILE] [--login LOGIN] [--trust DIR]',
  options: { file: { type: 'string' }, out: { type: 'string' }, login: { type: 'string' }, trust: { type: 'string' } },
  example: intakeExample,
  async run(context) {
    const request = await readRequest(context)
    if (!request.ok) return request
    const [{ openWorker }, { openDevices }] = await Promise.all([import('./openWorker.ts'), import('./devices.ts')])
    const { devices, close } = openDevices(context)
    try {
      const worker = await openWorker(context, { devices })
      if (!worker.ok) return worker
      try {
        return await takeIn(worker.value, request.value, context)
      } finally {
        await worker.value.close()
      }
    } finally {
      await close()
    }
  },
}

const readRequest = async ({ options, stdin }: CommandContext): Promise<Result<IntakeRequest>> => {
  const bytes = typeof options['file'] === 'string' ? await readInput(options['file']) : await stdin()
  if (!bytes.ok) return bytes
  try {
    const parsed = intakeRequest.safeParse(JSON.parse(Buffer.from(bytes.value).toString('utf8')))
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
  } catch {
    return err(faultOf('request.invalid', 'not JSON'))
  }
}

const readInput = async (path: string): Promise<Result<Uint8Array>> => {
  try {
    return ok(await readFile(path))
  } catch {
    return err(faultOf('file.unreadable', path))
  }
}

/** Takes in one request through the calls that the window makes. */
export async function takeIn(
  { ask }: OpenWorker,
  request: IntakeRequest,
  context: CommandContext,
): Promise<Result<Said>> {
  const draft = await draftOf(ask, request)
  if (!draft.ok) return draft
  const citizen = await identify(ask, request)
  if (!citizen.ok) return citizen
  const commandId = request.commandId ?? (v7() as CommandId) // v7 makes UUIDs
  const issued = await ask('receipt.issue', { commandId, identityId: citizen.value.identityId, draft: draft.value })
  if (!issued.ok) return issued
  const { number, requestId, receiptId } = issued.value
  const paper = await ask('receipt.pdf', { receiptId })
  if (!paper.ok) return paper
  const out = context.options['out']
  const pdf = typeof out === 'string' ? out : join(context.dataDir, 'receipts', `${number.replaceAll('/', '-')}.pdf`)
  const written = writeWhole(pdf, paper.value.pdf)
  if (!written.ok) return err(faultOf('file.unwritable', pdf))
  return ok({
    json: { number, requestId, receipt: { pdf, sha256: paper.value.sha256, qr: paper.value.seal } },
    text: `${number}\n${pdf}\n${paper.value.seal}`,
  })
}

const draftOf = async (ask: OpenWorker['ask'], request: IntakeRequest): Promise<Result<RequestDraft>> => {
  const sheet =
    request.procedureVersion === undefined ? await ask('catalogue.sheet', { code: request.procedure }) : undefined
  if (sheet?.ok === false) return sheet
  const pieces: PieceLine[] = []
  for (const { code, state, files } of request.pieces) {
    const attachments: PieceLine['attachments'] = []
    for (const path of files) {
      const bytes = await readInput(path)
      if (!bytes.ok) return bytes
      const added = await ask('attachment.add', { name: path.slice(-255), bytes: new Uint8Array(bytes.value) })
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
