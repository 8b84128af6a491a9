import { dirname, join } from 'node:path'
import { z } from 'zod'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { prepareOut } from '#electron/worker/files/target.ts'
import { v7 } from 'uuid'
import type { Command } from './command.ts'
import { signedIn } from './signedIn.ts'

const asked = z.union([
  z.strictObject({ day: z.iso.date() }),
  z.strictObject({
    year: z
      .string()
      .regex(/^\d{4}$/u)
      .transform(Number),
  }),
])

/** `guichet mail close`: the registers of a day or of a year, closed, and their paper. */
export const closeMailCommand: Command = {
  name: 'mail close',
  summary: 'closes the registers of a day or of a year: their lines are read-only from then on',
  usage: '--day DATE|--year YEAR [--out FILE] [--login LOGIN]',
  options: {
    day: { type: 'string' },
    year: { type: 'string' },
    out: { type: 'string' },
    login: { type: 'string' },
  },
  run: (context) => {
    const { day, year, out } = context.options
    const period = asked.safeParse({ ...(day === undefined ? {} : { day }), ...(year === undefined ? {} : { year }) })
    if (!period.success) return Promise.resolve(err(faultOf('call.invalid', '--day YYYY-MM-DD or --year YYYY')))
    return signedIn(context, 'clerk', async ({ ask }) => {
      const closed = await ask('mail.close', { commandId: v7(), ...period.data })
      if (!closed.ok) return closed
      const { closingId, first, last, count, cancelled, registers, hash, period: of } = closed.value
      const paper = await ask('mail.closingPdf', { closingId })
      const stated = { first, last, count, cancelled, registers, hash }
      if (!paper.ok) return ok({ json: { ...stated, fault: paper.fault }, text: `${of}: closed`, failed: true })
      const pdf = typeof out === 'string' ? out : join(context.dataDir, 'registers', `${of}.pdf`)
      const place = prepareOut(dirname(pdf))
      const written = place.ok ? place.value.write(pdf, paper.value.pdf) : place
      if (!written.ok) return ok({ json: { ...stated, fault: written.fault }, text: `${of}: closed`, failed: true })
      return ok({
        json: { ...stated, pdf, sha256: paper.value.sha256 },
        text: `${of}: ${String(count)} lines, ${String(cancelled)} cancelled, ${first ?? '-'} to ${last ?? '-'}\n${pdf}`,
      })
    })
  },
}
