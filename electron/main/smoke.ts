/** What must be up before a started program may call itself ready. */
const parts = ['window', 'register', 'devices'] as const
type Part = (typeof parts)[number]

export interface Smoke {
  up(part: Part): void
  failed(why: string): void
}

const limitMs = 60_000

/** Prints `READY …` when every part is up, or `FAILED …`, and ends the program by `leave`. */
export function watchSmoke(about: Readonly<Record<string, unknown>>, leave: (code: number) => void): Smoke {
  const missing = new Set<Part>(parts)
  const end = (line: string, code: number): void => {
    clearTimeout(limit)
    process.stdout.write(`${line}\n`)
    leave(code)
  }
  const limit = setTimeout(() => {
    end(`FAILED still missing: ${[...missing].join(', ')}`, 1)
  }, limitMs)
  return {
    up: (part) => {
      missing.delete(part)
      if (missing.size === 0) end(`READY ${JSON.stringify(about)}`, 0)
    },
    failed: (why) => {
      end(`FAILED ${why}`, 1)
    },
  }
}
