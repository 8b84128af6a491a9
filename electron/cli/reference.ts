import { ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** How far ahead appointments are listed, in days, and how many lines of a kind at most. */
const ahead = 7
const shown = 100

/** `guichet reference …`: what the feed of the platform brought. */
export const referenceCommands: readonly Command[] = [
  {
    name: 'reference list',
    summary:
      'how much of each kind is here and since when, the appointments of a week, and what was decided of letters',
    async run(context) {
      const { readRegister } = await import('./readRegister.ts')
      const register = await readRegister(context)
      if (!register.ok) return register
      const [{ appointmentsBetween, recentDispositions }, { viewReference }] = await Promise.all([
        import('#electron/worker/core/rows/reference.ts'),
        import('#electron/worker/features/sync/viewReference.ts'),
      ])
      const { db } = register.value.store
      const now = new Date()
      const counts = viewReference(db)
      // Who comes stays in the register: an hour and a sheet are enough here.
      const appointments = appointmentsBetween(
        db,
        now.toISOString(),
        new Date(now.getTime() + ahead * 86_400_000).toISOString(),
        shown,
      ).map(({ id, from, to, procedure, state }) => ({
        id,
        from,
        to,
        state,
        ...(procedure === undefined ? {} : { procedure }),
      }))
      const dispositions = recentDispositions(db, shown)
      register.value.close()
      const lines = [
        Object.entries(counts)
          .map(([kind, value]) => `${kind} ${String(value)}`)
          .join('  '),
        ...appointments.map(({ from, procedure, state }) =>
          `appointment  ${from}  ${procedure ?? ''}  ${state}`.trimEnd(),
        ),
        ...dispositions.map(({ number, to, dueOn }) => `disposition  ${number}  ${to}  ${dueOn ?? ''}`.trimEnd()),
      ]
      return ok({
        json: { ...counts, appointmentsAhead: appointments, recentDispositions: dispositions },
        text: lines.join('\n'),
      })
    },
  },
]
