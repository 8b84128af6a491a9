import { parseArgs } from 'node:util'
import { createKit } from './client.ts'
import { rules } from './rules.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    code: { type: 'string' },
    operator: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
if (values.url === undefined) {
  process.stderr.write(
    'node tests/conformance/run.ts --url https://platform.example [--code CODE] [--operator TOKEN] [--json]\n',
  )
  process.exit(2)
}
const { code, operator } = values
const kit = createKit(values.url, operator === undefined ? { code: code ?? 'demo' } : { code, operator })
const examined = rules.filter((rule) => operator !== undefined || rule.operator !== true)
let failed = 0
for (const { id, says, run } of examined) {
  const verdict = await run(kit).then(
    () => ({ rule: id, holds: true, says }),
    (cause: unknown) => ({
      rule: id,
      holds: false,
      says,
      deviation: cause instanceof Error ? cause.message : String(cause),
    }),
  )
  if (!verdict.holds) failed += 1
  const deviation = 'deviation' in verdict ? `\n        ${verdict.deviation}` : ''
  process.stdout.write(
    values.json
      ? `${JSON.stringify(verdict)}\n`
      : `${verdict.holds ? 'holds ' : 'BROKEN'}  ${id}: ${says}${deviation}\n`,
  )
}
if (!values.json)
  process.stdout.write(
    `${String(examined.length - failed)} hold, ${String(failed)} broken${examined.length < rules.length ? `, ${String(rules.length - examined.length)} need --operator` : ''}\n`,
  )
process.exitCode = failed === 0 ? 0 : 1
