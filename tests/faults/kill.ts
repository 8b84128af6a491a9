import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Birth } from './counterLoop.ts'

/** One act that the counter was told to be done. `evidence` is what is looked for in the register. */
export interface HeardAct {
  readonly kind: string
  readonly id: string
  readonly evidence: string
}

/** What a counter that was killed tried, what it was told, and what it was refused. */
export interface Heard {
  /** Ids of commands, heard or not. */
  readonly tried: Set<string>
  readonly acts: HeardAct[]
  /** How often which kind was refused with which code. */
  readonly refused: Map<string, number>
  /** Kinds whose call was under way at the kill. */
  readonly cut: Map<string, number>
  /** How often a process killed itself at which place. */
  readonly struck: Map<string, number>
  /** What each id was answered, by kind and id: whoever asks again, at whatever window, is told the same. */
  readonly answers: Map<string, string>
  /** Answers to what was asked at two windows at once. */
  readonly twice: Map<string, number>
}

/** Nothing yet. */
export const nothingHeard = (): Heard => ({
  tried: new Set(),
  acts: [],
  refused: new Map(),
  cut: new Map(),
  struck: new Map(),
  answers: new Map(),
  twice: new Map(),
})

/** Kinds that are told the number that they were given. */
const numbered = ['request.deposited', 'mail.arrival', 'mail.departure', 'mail.internal']

/** Numbers of deposits and letters by the command that made them. */
export const numbersOf = ({ acts }: Pick<Heard, 'acts'>): ReadonlyMap<string, string> =>
  new Map(acts.filter(({ kind }) => numbered.includes(kind)).map(({ id, evidence }) => [id, evidence]))

/** A counter's process, its modules loaded, waiting for its register. */
export const unborn = (program = join(import.meta.dirname, 'counterLoop.ts')): ChildProcess =>
  spawn(process.execPath, [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'guichet-compiled') },
  })

interface Life {
  readonly birth: Birth
  /** Acts to be heard before the kill is due. */
  readonly least: number
  /** The kill comes a random time after that, in milliseconds. */
  readonly within: number
  readonly random?: () => number
  readonly child?: ChildProcess
}

/** Lets a counter work in a process of its own and kills it (`kill -9`) at a random instant. */
export async function live(
  { birth, least, within, random = Math.random, child = unborn() }: Life,
  { tried, acts, refused, cut, struck, answers, twice }: Heard,
): Promise<readonly string[]> {
  if (child.stdout === null || child.stdin === null) throw new Error('a counter without pipes')
  const lines = createInterface({ input: child.stdout })
  const other: string[] = []
  let deadline: NodeJS.Timeout | undefined
  let heard = 0
  const open = new Map<string, string>()
  const more = (counts: Map<string, number>, what: string): void => {
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  const due = (): void => {
    if (heard >= least)
      deadline ??= setTimeout(() => {
        child.kill('SIGKILL')
      }, random() * within)
  }
  /** What is asked again has one answer, and is one act. */
  const isNew = (kind: string, id: string, evidence: string): boolean => {
    if (id === '-') return true
    const before = answers.get(`${kind} ${id}`)
    if (before !== undefined && before !== evidence) other.push(`${kind} ${id} was ${before}, and is ${evidence}`)
    answers.set(`${kind} ${id}`, evidence)
    return before === undefined
  }
  lines.on('line', (line) => {
    const [word, window = '', kind = '', id = '', evidence = ''] = line.split(' ')
    switch (word) {
      case 'try':
        open.set(window, kind)
        if (id !== '-') tried.add(id)
        return
      case 'heard':
        open.delete(window)
        if (isNew(kind, id, evidence)) acts.push({ kind, id, evidence })
        if (window.endsWith('+')) more(twice, kind)
        heard += 1
        due()
        return
      case 'refused':
        open.delete(window)
        more(refused, `${kind} ${evidence}`)
        return
      case 'struck':
        more(struck, line.slice('struck '.length))
        return
      default:
        other.push(line)
    }
  })
  // A counter that is never heard enough is killed all the same.
  const end = setTimeout(() => {
    child.kill('SIGKILL')
  }, 60_000)
  child.stdin.write(`${JSON.stringify(birth)}\n`)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(deadline)
  clearTimeout(end)
  if (code !== null) other.push(`ended by itself with ${String(code)}`)
  for (const kind of open.values()) more(cut, kind)
  return other
}

/** The short form for tests: deposits alone unless told otherwise, one window, no platform. */
export async function workAndKill(
  folder: string,
  heard: Heard,
  { least = 1, within = 250, kinds = ['request.deposited'], windows = 1 } = {},
): Promise<void> {
  // The login is heard first.
  const other = await live(
    {
      birth: {
        folder,
        seed: Math.floor(Math.random() * 2 ** 31),
        life: 0,
        kinds,
        restored: false,
        printer: true,
        hall: false,
        windows,
      },
      least: least + 1,
      within,
    },
    heard,
  )
  if (other.length > 0) throw new Error(other.join('; '))
}
