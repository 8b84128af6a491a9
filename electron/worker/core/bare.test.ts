import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const worker = join(import.meta.dirname, '..')
const sources = readdirSync(worker, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))

/** Shown safe, each with its reason. A new line here wants one too. */
const shown: Readonly<Record<string, string>> = {
  'host.ts': 'the gate answers with states, and its end is the end of the process',
  'core/background.ts': 'the one place',
  'core/desk/agentCards.ts': 'asking for the state of a PIN answers a Result; the wait for a reading only resolves',
  'core/desk/citizen.ts': 'forgetting the citizen writes nothing; who is told is guarded',
  'devices/remoteDevices.ts': 'a call on the wire answers a Result and never rejects',
  'features/hall/giveTicket.ts': 'both ends of what was given are taken, and forgetting it cannot fail',
  'outbox/uploads/tusUploader.ts': 'caught where it stands',
  'papers/remotePress.ts': 'the end of a wait, and the start of a process',
  'papers/spool/spool.ts': 'a rest that only resolves',
}
const bare = /(^|[^.\w])void [a-zA-Z_.]+\s*\(|\bset(Interval|Timeout)\(/m

test('nothing in the worker runs in the background but through core/background, or is shown safe by name', () => {
  const found = sources.filter((name) =>
    bare.test(readFileSync(join(worker, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
  )
  expect(found.filter((name) => shown[name] === undefined)).toEqual([])
  expect(Object.keys(shown).filter((name) => !sources.includes(name))).toEqual([])
})

test('the pattern finds what it is for', () => {
  for (const line of ['  void tellTrust(context)', 'setInterval(round, 5)', 'const x = setTimeout(f, 1)'])
    expect(bare.test(line)).toBe(true)
  for (const line of ['async (): Promise<void> => {', '() => void)(', 'background.start(name)'])
    expect(bare.test(line)).toBe(false)
})
