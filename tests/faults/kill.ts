import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What a counter that was killed tried, and what it was told: numbers by command id. */
export interface Heard {
  readonly tried: Set<string>
  readonly heard: Map<string, string>
}

/** Nothing yet. */
export const nothingHeard = (): Heard => ({ tried: new Set(), heard: new Map() })

/**
 * Lets a counter work in a process of its own and kills it (`kill -9`) at a random instant after its `least`-th act.
 * @param within how many milliseconds after that act, at most
 */
export async function workAndKill(folder: string, { tried, heard }: Heard, { least = 1, within = 250 } = {}): Promise<void> {
  const loop = join(import.meta.dirname, '..', 'integration', 'worker', 'depositLoop.ts')
  const child = spawn(process.execPath, [loop, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  let deadline: NodeJS.Timeout | undefined
  let acts = 0
  lines.on('line', (line) => {
    const [word, commandId = '', number = ''] = line.split(' ')
    if (word === 'try') { tried.add(commandId); return }
    heard.set(commandId, number)
    acts += 1
    if (acts >= least) deadline ??= setTimeout(() => { child.kill('SIGKILL') }, Math.random() * within)
  })
  await once(child, 'close')
}
