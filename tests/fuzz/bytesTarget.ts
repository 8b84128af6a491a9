import type { Draw } from './draw.ts'
import { mutateBytes } from './mutate.ts'
import type { Target } from './target.ts'

interface Options<T> {
  readonly about: string
  /** Lawful inputs, from which the cases are changed. Made once. */
  readonly samples: () => readonly Uint8Array[] | Promise<readonly Uint8Array[]>
  /** Reads bytes; what it cannot read is `undefined` or a fault, never an exception. */
  readonly read: (bytes: Uint8Array) => T | Promise<T>
  /** Whether they were taken for lawful ones. */
  readonly taken: (read: T) => boolean
  /** What must hold of everything that is read; throws. */
  readonly check?: (read: T, bytes: Uint8Array) => void
  readonly grow?: Target['grow']
}

/** A decoder of bytes. Some cases are the lawful ones unchanged, some noise, most are changed. */
export function bytesTarget<T>({ about, samples, read, taken, check, grow }: Options<T>): Target {
  const caseOf = (draw: Draw, from: readonly Uint8Array[]): Uint8Array => {
    if (draw.chance(0.05)) return draw.bytes(draw.below(draw.pick([4, 64, 600])))
    const sample = draw.pick(from)
    return draw.chance(0.02) ? Uint8Array.from(sample) : mutateBytes(draw, sample)
  }
  return {
    about,
    ...(grow === undefined ? {} : { grow }),
    open: async () => {
      const from = await samples()
      for (const sample of from) if (!taken(await read(sample))) throw new Error('a lawful sample is refused')
      return {
        one: async (draw) => {
          const bytes = caseOf(draw, from)
          const got = await read(bytes)
          check?.(got, bytes)
          return taken(got)
        },
      }
    },
  }
}
