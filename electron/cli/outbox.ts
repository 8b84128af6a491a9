import { err, ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet outbox …`: what waits for the platform. */
export const outboxCommands: readonly Command[] = [
  {
    name: 'outbox status',
    summary: 'what waits, since when, and what was refused',
    async run(context) {
      const { readRegister } = await import('./readRegister.ts')
      const register = await readRegister(context)
      if (!register.ok) return register
      const { store, close } = register.value
      const { countOutbox, outboxItems, lastCommand } = await import('#electron/worker/outbox/rows/outboxRows.ts')
      const counts = countOutbox(store.db)
      const items = outboxItems(store.db, 100)
      const lastSeq = lastCommand(store.db)?.seq ?? 0
      close()
      return ok({
        json: { ...counts, lastSeq, items },
        text: [
          `${String(counts.pending)} waiting${counts.oldestPendingAt === undefined ? '' : ` since ${counts.oldestPendingAt}`}, ${String(counts.refused)} refused, ${String(lastSeq)} in all${counts.filesPending === undefined ? '' : `, ${String(counts.filesPending)} files to send`}`,
          ...items.map((item) =>
            `${String(item.seq).padStart(6)}  ${item.number ?? item.type}  ${item.state}  ${item.answer ?? item.fault?.code ?? ''}`.trimEnd(),
          ),
        ].join('\n'),
      })
    },
  },
  {
    name: 'outbox drain',
    summary: 'sends everything that waits, now',
    options: { login: { type: 'string' } },
    async run(context) {
      const { drainOutbox } = await import('./drainOutbox.ts')
      const drained = await drainOutbox(context)
      if (!drained.ok) return drained
      const { applied, duplicate, rejected, conflict, pending } = drained.value
      const line = `${String(applied)} applied, ${String(duplicate)} already known, ${String(rejected)} rejected, ${String(conflict)} in conflict, ${String(pending)} waiting`
      return drained.value.fault === undefined ? ok({ json: drained.value, text: line }) : err(drained.value.fault)
    },
  },
]
