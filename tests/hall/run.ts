import { parseArgs } from 'node:util'
import { liveDay } from './simulation/day.ts'

/** `npm run hall -- simulate [--days N] [--seed N]`: many days of many offices, each of its own seed. */
const { values, positionals } = parseArgs({
  options: { days: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
})
if (positionals[0] !== 'simulate') {
  console.error('npm run hall -- simulate [--days N] [--seed N]')
  process.exit(2)
}
const began = performance.now()
const [days, first] = [Number(values.days), Number(values.seed)]
const total = { days: 0, asked: 0, answered: 0, entries: 0, epochs: 0, islands: 0, crashes: 0, tails: 0 }
let broken = 0
for (let seed = first; seed < first + days; seed += 1)
  try {
    const { stations: _stations, ...day } = liveDay(seed)
    total.days += 1
    for (const [key, value] of Object.entries(day)) total[key as keyof typeof total] += value
  } catch (cause) {
    broken += 1
    console.log(
      `day of seed ${String(seed)}: ${cause instanceof Error ? (broken < 4 ? (cause.stack ?? '') : cause.message) : String(cause)}`,
    )
  }
console.log(`${JSON.stringify(total)} broken ${String(broken)} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
process.exitCode = broken === 0 ? 0 : 1
