import { z } from 'zod'
import { v7 } from 'uuid'
import { attachmentLimit } from '#shared/contract/features/intake/calls.ts'
import { typedRegisterNumber } from '#shared/contract/call.ts'
import { faultOf } from '#shared/fault.ts'
import { commandId, type RegisterNumber, type Sha256 } from '#shared/ids.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import type { OpenWorker } from './openWorker.ts'
import { readRegular } from './readInput.ts'
import { placeOf, writtenReceipt } from './writeReceipt.ts'

/** A piece that came, and its scan. */
interface Brought {
  readonly code: string
  readonly bytes?: Uint8Array<ArrayBuffer>
}
interface Asked {
  readonly number: RegisterNumber
  readonly commandId: string
  readonly pieces: readonly Brought[]
}

/** `guichet complement`: what an incomplete deposit lacks, and the one complement that brings it. */
export const complement: Command = {
  name: 'complement',
  summary: 'what a deposit lacks; with --piece, takes in its one complement and issues the receipt',
  usage: 'REGISTER-NUMBER [--piece CODE[=FILE]]… [--command-id ID] [--out FILE] [--login LOGIN]',
  options: {
    piece: { type: 'string', multiple: true },
    'command-id': { type: 'string' },
    out: { type: 'string' },
    login: { type: 'string' },
  },
  async run(context) {
    const asked = await readAsked(context)
    if (!asked.ok) return asked
    const place = placeOf(context)
    if (!place.ok) return place
    const [{ openWorker }, { openDevices }] = await Promise.all([import('./openWorker.ts'), import('./devices.ts')])
    const { devices, close } = openDevices(context)
    try {
      const worker = await openWorker(context, { devices })
      if (!worker.ok) return worker
      try {
        const { ask } = worker.value
        return asked.value.pieces.length === 0
          ? await owed(ask, asked.value.number)
          : await bring(ask, asked.value, context)
      } finally {
        await worker.value.close()
      }
    } finally {
      await close()
    }
  },
}

const texts = z.array(z.string())
const readAsked = async ({ positionals, options }: CommandContext): Promise<Result<Asked>> => {
  const number = typedRegisterNumber.safeParse(positionals[0])
  if (!number.success || positionals.length > 1) return err(faultOf('call.invalid', 'one number: 2026/RAB03-G2/000001'))
  const id = commandId.safeParse(options['command-id'] ?? v7())
  if (!id.success) return err(faultOf('call.invalid', '--command-id: a UUID'))
  const pieces: Brought[] = []
  for (const text of texts.safeParse(options['piece']).data ?? []) {
    const [code = '', ...path] = text.split('=')
    const bytes = path.length === 0 ? ok(undefined) : await readRegular(path.join('='), attachmentLimit)
    if (!bytes.ok) return bytes
    pieces.push({ code, ...(bytes.value === undefined ? {} : { bytes: bytes.value }) })
  }
  return ok({ number: number.data, commandId: id.data, pieces })
}

/** Without the name of the citizen: what is printed on a terminal stays there. */
const owed = async (ask: OpenWorker['ask'], number: RegisterNumber): Promise<Result<Said>> => {
  const found = await ask('complement.find', { number })
  if (!found.ok) return found
  const { deposit, missing } = found.value
  const pieces = missing.map(({ code, label, mandatory }) => ({ code, label, mandatory }))
  return ok({
    json: { number, lastDay: deposit.lastDay, missing: pieces },
    text: [
      `${number}  until ${deposit.lastDay}`,
      ...pieces.map(
        ({ code, label, mandatory }) => `    ${code.padEnd(24)}${label.fr}${mandatory ? '' : '  (optional)'}`,
      ),
    ].join('\n'),
  })
}

const bring = async (ask: OpenWorker['ask'], { number, commandId: id, pieces }: Asked, context: CommandContext) => {
  const lines: { code: string; attachments: Sha256[] }[] = []
  for (const { code, bytes } of pieces) {
    const added = bytes === undefined ? undefined : await ask('attachment.add', { name: code, bytes })
    if (added?.ok === false) return added
    lines.push({ code, attachments: added === undefined ? [] : [added.value.sha256] })
  }
  const made = await ask('complement.issue', { commandId: id, number, pieces: lines })
  return made.ok ? writtenReceipt(ask, { ...made.value, commandId: id, which: '-complement' }, context) : made
}
