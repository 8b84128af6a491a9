import { v7 } from 'uuid'
import type { CommandId } from '#shared/ids.ts'
import { complementByCommand } from '#electron/worker/core/rows/complements.ts'
import { valueOf } from '#tests/builders/register.ts'
import type { Driver } from './hand.ts'

/** One of today's incomplete deposits is given its complement, whole or in part. */
export const complement = {
  'request.complemented': {
    weight: 3,
    drive: async (hand) => {
      const { deposits } = valueOf(await hand.worker.ask('home.day', {}))
      const waiting = deposits.filter(({ complete, complemented }) => !complete && complemented !== true)
      if (waiting.length === 0) return
      const { number } = hand.draw.pick(waiting)
      const owing = await hand.worker.ask('complement.find', { number })
      if (!owing.ok) {
        hand.refused('request.complemented', owing.fault.code)
        return
      }
      const came = owing.value.missing.filter((_, at) => at === 0 || hand.draw.chance(0.7))
      const order = { commandId: v7(), number, pieces: came.map(({ code }) => ({ code, attachments: [] })) }
      await hand.act(
        'request.complemented',
        order.commandId,
        ({ ask }) => ask('complement.issue', order),
        () => '-',
      )
    },
    held: (db, id) =>
      complementByCommand(db, id as CommandId) !== undefined &&
      db.get('SELECT 1 FROM outbox WHERE id = ?', [id]) !== undefined,
  },
} as const satisfies Readonly<Record<string, Driver>>
