import { ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet correction …`: acts that the platform refused. */
export const correctionCommands: readonly Command[] = [
  {
    name: 'correction list',
    summary: 'refused acts in their places of the series, why, and what was done about them',
    async run(context) {
      const { readRegister } = await import('./readRegister.ts')
      const register = await readRegister(context)
      if (!register.ok) return register
      const { listCorrections } = await import('#electron/worker/features/corrections/viewCorrection.ts')
      // Nobody is signed in here, and nothing is offered.
      const corrections = listCorrections(register.value.store.db, { agent: '', day: '' }, 500)
      register.value.close()
      const lines = corrections.map(({ act, why, repairs }) =>
        [
          `${String(act.seq).padStart(6)}  ${act.number ?? act.type}  ${act.state}  ${why?.code ?? ''}  ${act.answer ?? ''}`.trimEnd(),
          ...repairs.map(
            (one) =>
              `        ${one.kind} by ${[one.agent, one.witness].filter((code) => code !== undefined).join(' and ')}: ${one.reason} (${one.state}${one.answer === undefined ? '' : `: ${one.answer}`})`,
          ),
        ].join('\n'),
      )
      // What names or describes the citizen stays in the register: an id, a number and a reason are enough here.
      const json = corrections.map(({ act, why, repairs }) => ({ act, why, repairs }))
      return ok({ json: { corrections: json }, text: lines.length === 0 ? 'nothing to correct' : lines.join('\n') })
    },
  },
]
