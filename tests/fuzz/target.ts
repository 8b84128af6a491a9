import type { Draw } from './draw.ts'

/** One thing that reads what comes from outside, opened in a process of its own. */
export interface Attack {
  /**
   * One case: makes an input from `draw` alone, gives it to what is attacked, and throws when a property is broken (an
   * exception that
   * what is attacked lets out breaks one by itself). True when the input was taken for a lawful one.
   */
  one(draw: Draw): boolean | Promise<boolean>
  close?(): Promise<void> | void
}

/** A file of `targets/` has one or more of these; `targets.ts` names them. */
export interface Target {
  /** What is attacked and what must hold, for who reads the figures. */
  readonly about: string
  open(): Attack | Promise<Attack>
  /**
   * Inputs of a growing size, for what could take more than linear time: each is timed at a size and at eight times the
   * size.
   * @param size bytes or characters, about
   */
  readonly grow?: (size: number) => () => unknown
  /** For what asks a server or a disk: a case costs milliseconds, and a long run has this many instead of a million. */
  readonly cases?: number
}

/** Fails a case in words. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}
