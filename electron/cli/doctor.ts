import { ok } from '#shared/result.ts'
import type { Command } from './command.ts'

/** `guichet doctor`: looks at everything the counter needs; changes nothing. */
export const doctor: Command = {
  name: 'doctor',
  summary:
    'looks at everything this counter needs, and says what to do about what is missing; ends with 1 when something does not work',
  async run(context) {
    const { examine } = await import('./examine.ts')
    const findings = await examine(context)
    const worst = findings.some((one) => one.verdict === 'fault')
      ? 'fault'
      : findings.some((one) => one.verdict === 'warning')
        ? 'warning'
        : 'ok'
    const lines = findings.map(
      (one) =>
        `${one.verdict.padEnd(8)}${one.part.padEnd(12)}${one.found}${one.remedy === undefined ? '' : `\n${' '.repeat(20)}${one.remedy}`}`,
    )
    return ok({ json: { verdict: worst, findings }, text: lines.join('\n'), failed: worst === 'fault' })
  },
}
