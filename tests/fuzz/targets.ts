import type { Target } from './target.ts'

/** Everything that reads what comes from outside. To add one: a file in `targets/`, its line here; the smoke test takes it up by itself. */
export const targets: Readonly<Record<string, () => Promise<Target>>> = {
  messages: async () => (await import('./targets/messages.ts')).messages,
  scans: async () => (await import('./targets/scans.ts')).scans,
}
