import { parseArgs } from 'node:util'
import { hunt } from './hunt.ts'
import { targets } from './targets.ts'

// `npm run fuzz [-- target … --cases 1000000 --seconds 600 --seed 1 --from 0]`. One line a target; exit code 1 when a
// property was broken.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const unknown = positionals.filter((name) => !Object.hasOwn(targets, name))
if (unknown.length > 0)
  throw new Error(`no such target: ${unknown.join(', ')}; there are ${Object.keys(targets).join(', ')}`)
console.log(`seed ${String(seed)}`)
for (const [name, load] of Object.entries(targets)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const { about, cases: usual = 1_000_000 } = await load()
  const begun = performance.now()
  const found = await hunt({
    target: name,
    seed,
    cases: Number(values.cases ?? usual),
    from: Number(values.from),
    ...(values.seconds === undefined ? {} : { seconds: Number(values.seconds) }),
  })
  const seconds = (performance.now() - begun) / 1000
  const share = `${((100 * found.taken) / Math.max(1, found.cases)).toFixed(1)} % taken`
  const grown = found.grown === undefined ? '' : `, ×8 takes ×${found.grown.toFixed(1)}`
  console.log(
    `${found.failed === undefined ? 'ok  ' : 'FAIL'} ${name.padEnd(16)}${String(found.cases).padStart(9)} cases, ${seconds.toFixed(0)} s, ${share}${grown}: ${about}`,
  )
  if (found.failed !== undefined) {
    console.log(
      `     ${found.failed.why}\n     again: npm run fuzz -- ${name} --seed ${String(seed)} --from ${String(found.failed.at)} --cases 1`,
    )
    process.exitCode = 1
  }
}
