import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A program that runs until it is stopped; it also ends when this process does, however that ends. */
export interface Running {
  readonly pid: number
  /** The last lines it said, for a message that explains a failed start. */
  readonly said: () => string
  stop(): Promise<void>
}

/** Daemons of Debian live where an ordinary user's path does not look. */
const path = { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }

/** Starts a program in the background. */
export function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn('setpriv', ['--pdeathsig', 'SIGTERM', command, ...args], {
    env: { ...process.env, ...path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let heard = ''
  const hear = (chunk: Buffer): void => {
    heard = (heard + chunk.toString('utf8')).slice(-2000)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
    child.once('error', (cause) => {
      heard += cause.message
      resolve()
    })
  })
  return {
    pid: child.pid ?? -1,
    said: () => heard,
    stop: async () => {
      child.kill('SIGTERM')
      const hard = setTimeout(() => {
        child.kill('SIGKILL')
      }, 3000)
      await exited
      clearTimeout(hard)
    },
  }
}

/** Runs a program to its end; throws with what it said when it fails. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { env: { ...process.env, ...path }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${said.trim()}`)
  return said
}

/** Waits until something holds; throws with the reason after `ms`. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  ms = 30_000,
  why: () => string = () => '',
): Promise<void> {
  for (let waited = 0; waited < ms; waited += 50) {
    if (await holds()) return
    await delay(50)
  }
  throw new Error(`waited ${ms} ms for ${what}. ${why()}`)
}

/** A TCP port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
