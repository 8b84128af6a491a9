import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { buildIfStale } from '#scripts/build.ts'
import { benchActs } from './acts.ts'
import { benchCard } from './card.ts'
import { benchCatalogue } from './catalogue.ts'
import { benchCounters } from './counters.ts'
import { benchDrain } from './drain.ts'
import { benchGrowth } from './growth.ts'
import { benchHall } from './hall.ts'
import { benchIcao } from './icao.ts'
import { benchIssue } from './issue.ts'
import { benchMail } from './mail.ts'
import { line, type Figure } from './measure.ts'
import { benchMorning } from './morning.ts'
import { benchPaper } from './paper.ts'
import { benchPeer } from './peer.ts'
import { benchStack } from './stack.ts'
import { benchProposals } from './proposals.ts'
import { benchStart } from './start.ts'
import { benchUpkeep } from './upkeep.ts'
import { benchUpgrade } from './upgrade.ts'

/** `npm run bench [-- name …]`: every benchmark, or the named ones. `BENCH_RUNS=2` makes a smoke of it. */
const all: Readonly<Record<string, (runs: number) => Promise<readonly Figure[]>>> = {
  start: benchStart,
  card: benchCard,
  icao: benchIcao,
  issue: benchIssue,
  acts: benchActs,
  paper: benchPaper,
  drain: benchDrain,
  peer: benchPeer,
  counters: benchCounters,
  growth: benchGrowth,
  catalogue: benchCatalogue,
  hall: benchHall,
  proposals: benchProposals,
  upkeep: benchUpkeep,
  upgrade: benchUpgrade,
  mail: benchMail,
  stack: benchStack,
  morning: benchMorning,
}
const usual: Readonly<Record<string, number>> = {
  start: 7,
  card: 15,
  icao: 7,
  issue: 200,
  acts: 30,
  paper: 30,
  drain: 3,
  peer: 3,
  counters: 5,
  growth: 30,
  catalogue: 15,
  hall: 200,
  proposals: 1,
  upkeep: 1,
  upgrade: 1_000,
  mail: 40,
  stack: 2,
  morning: 200,
}

const wanted = process.argv.slice(2)
const runs = process.env['BENCH_RUNS']
const names = Object.keys(all).filter((name) => wanted.length === 0 || wanted.includes(name))
const [name] = names
if (process.env['BENCH_PART'] === undefined) {
  // The start that is measured is that of the built program.
  if (names.includes('start')) buildIfStale()
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`,
  )
  console.log('| what | median | floor of the same run | ratio | runs |\n|---|---|---|---|---|')
  // Each in a process of its own: what one leaves behind is not measured in the next, and libpcsclite looks up its
  // socket once for a process.
  const parts = names.map((one) =>
    spawnSync(process.execPath, [...process.execArgv, import.meta.filename, one], {
      stdio: 'inherit',
      env: { ...process.env, BENCH_PART: '1' },
    }),
  )
  process.exit(parts.every(({ status }) => status === 0) ? 0 : 1)
}
const bench = name === undefined ? undefined : all[name]
for (const figure of (await bench?.(runs === undefined ? (usual[name ?? ''] ?? 10) : Number(runs))) ?? [])
  console.log(line(figure))
process.exit(0)
