import { readFileSync } from 'node:fs'

/** The command line of a process of this machine; nothing when it is gone, or the system has no `/proc`. */
export function commandOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .split('\0')
      .slice(0, -1)
  } catch {
    return undefined
  }
}

/**
 * When a process was started, in ticks since the machine was: with its number, which the system gives again, it is this
 * one and no other. The 22nd field of proc(5), counted behind the name, which may hold anything.
 */
export function startedAt(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
