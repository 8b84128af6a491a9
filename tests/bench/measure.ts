/** What a benchmark found: times in milliseconds, or rates where `per` says so. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly floor: { readonly name: string; readonly value: number }
  readonly unit: 'ms' | '/s'
  readonly runs: number
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** Milliseconds that one run takes. */
export async function timed(run: () => unknown): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

/** Medians of two things done in turns, so that a noisy machine is noisy for both. */
export async function against(
  runs: number,
  measured: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<readonly [number, number]> {
  const times: [number[], number[]] = [[], []]
  for (let run = 0; run < runs; run += 1) {
    times[0].push(await measured())
    times[1].push(await floor())
  }
  return [median(times[0]), median(times[1])]
}

const shown = (value: number, unit: Figure['unit']): string =>
  `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`

/** One line for people: the figure, its floor measured in the same run, and the ratio of both. */
export function line({ name, value, floor, unit, runs }: Figure): string {
  return `| ${name} | ${shown(value, unit)} | ${floor.name}: ${shown(floor.value, unit)} | ${(value / floor.value).toFixed(2)} | ${runs} |`
}
