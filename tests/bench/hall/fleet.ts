import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** Processes that stand for the machines of an office: each has its own loop, and shares this machine's cores and disk. */
export interface Fleet {
  /** Asks one of them; what it answers is what its program sends back. */
  ask(machine: number, question: object): Promise<number>
  close(): Promise<void>
}

/** Starts a process of a program of this folder for each list of arguments; resolves when all of them are ready. */
export async function startFleet(program: string, machines: readonly (readonly string[])[]): Promise<Fleet> {
  const path = join(import.meta.dirname, program)
  const running = machines.map((words) => fork(path, [...words], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }))
  const next = (child: ChildProcess): Promise<number> =>
    new Promise((done, fail) => {
      child.once('message', (value) => {
        child.removeListener('exit', fail)
        done(Number(value))
      })
      child.once('exit', fail)
    })
  await Promise.all(running.map(next))
  return {
    ask: async (machine, question) => {
      const child = running[machine]
      if (child === undefined) throw new Error(`no machine ${String(machine)}`)
      const answered = next(child)
      child.send(question)
      return answered
    },
    close: async () => {
      await Promise.all(
        running.map(
          (child) =>
            new Promise((done) => {
              child.once('exit', done)
              child.disconnect()
            }),
        ),
      )
    },
  }
}

/** Answers the questions of who started this process, one at a time, until he is gone. */
export function answer(how: (question: never) => Promise<number>, end: () => Promise<void>): void {
  process.on('message', (question) => {
    void how(question as never).then((value) => process.send?.(value))
  })
  process.on('disconnect', () => void end().then(() => process.exit(0)))
  process.send?.(0)
}

/** Milliseconds of a clock that all processes of a machine share. */
export const shared = (): number => Number(process.hrtime.bigint()) / 1e6
