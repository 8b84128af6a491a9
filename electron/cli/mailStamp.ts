import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { utcOffsetMinutes } from '#shared/domain/clock/officeTime.ts'
import { typedRegisterNumber } from '#shared/contract/call.ts'
import { stampCorner } from '#shared/ports/mailPress.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { Command, CommandContext, Said } from './command.ts'
import { stackLimit } from './mailStack.ts'

/** `guichet mail stamp`: the stamp of arrival or departure over a PDF, whose bytes stay as they were received. */
export const mailStamp: Command = {
  name: 'mail stamp',
  summary: 'lays the stamp of the mail office over a PDF, where no ink is; what was received stays in it untouched',
  usage: 'FILE --number N --at INSTANT --out FILE [--page K] [--corner topRight|topLeft|bottomRight|bottomLeft]',
  options: {
    number: { type: 'string' },
    at: { type: 'string' },
    out: { type: 'string' },
    page: { type: 'string' },
    corner: { type: 'string' },
  },
  run: stamp,
}

const asked = z.strictObject({
  number: typedRegisterNumber,
  at: z.iso.datetime({ offset: true }),
  out: z.string().min(1),
  page: z.coerce.number().int().positive().default(1),
  corner: stampCorner.optional(),
})
const explained: Readonly<Record<string, string>> = {
  number: '--number: as 2026/RAB03-M1/A-000123',
  at: '--at: an instant with its distance from UTC, as 2026-11-30T09:15:00Z',
  out: '--out FILE',
  page: '--page: from 1',
  corner: `--corner: ${stampCorner.options.join(', ')}`,
}

const isSameFile = (one: string, other: string): boolean => {
  const [received, out] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return received !== undefined && out !== undefined && received.dev === out.dev && received.ino === out.ino
}

async function stamp(context: CommandContext): Promise<Result<Said>> {
  const { number, at, out, page, corner } = context.options
  const order = asked.safeParse({ number, at, out, page, corner })
  if (!order.success) {
    const [first] = order.error.issues
    return err(faultOf('call.invalid', explained[String(first?.path[0])] ?? 'arguments'))
  }
  const [path, ...more] = context.positionals
  if (path === undefined || more.length > 0) return err(faultOf('call.invalid', 'one PDF is expected'))
  const [{ openMailRegister }, { readRegular }, { pressHere }, { prepareOut, targetFault }, { resourcesDir }] =
    await Promise.all([
      import('./openMailRegister.ts'),
      import('./readInput.ts'),
      import('#electron/press/pressHere.ts'),
      import('#electron/worker/files/target.ts'),
      import('./resourcesDir.ts'),
    ])
  const odd = targetFault(order.data.out)
  // What was received stays as it is, under whatever name it lies.
  if (odd === undefined && isSameFile(path, order.data.out))
    return err(faultOf('call.invalid', '--out: another file than the received one'))
  const folder = odd === undefined ? prepareOut(dirname(order.data.out)) : err(odd)
  if (!folder.ok) return folder
  const received = await readRegular(path, stackLimit)
  if (!received.ok) return received
  const register = await openMailRegister(context)
  if (!register.ok) return register
  const { office } = register.value
  register.value.close()
  const instant = new Date(order.data.at)
  const { fr, ar } = office.name
  const stamped = await pressHere({ resourcesDir }).stamp(received.value, {
    number: order.data.number,
    at: instant.toISOString(),
    utcOffsetMinutes: utcOffsetMinutes({ name: office.zone, changes: office.legalTime }, instant),
    office: { fr, ar },
    page: order.data.page,
    ...(order.data.corner === undefined ? {} : { corner: order.data.corner }),
  })
  if (!stamped.ok) return stamped
  const { pdf, ...said } = stamped.value
  const written = folder.value.write(order.data.out, pdf)
  if (!written.ok) return written
  return ok({
    json: said,
    text: `${order.data.out}: stamped on page ${String(said.page)}, ${said.corner}; received ${said.originalSha256}`,
  })
}
