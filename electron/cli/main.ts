import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { crashOf } from '#shared/crash.ts'
import { isPlatformAddress } from '#shared/domain/platformAddress.ts'
import { faultOf, faults, type Fault } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { readMachineSettings } from '#electron/main/machineSettings.ts'
import type { Command, CommandContext, CommandGroup, Said } from './command.ts'
import { groups } from './groups.ts'
import { readAll } from './readAll.ts'
import { version } from './version.ts'

/** Where the command line lives: the process, or a test. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly stdin: Readable & { readonly isTTY?: boolean }
  /** The keystore of this session, where whoever started the command can ask one. */
  readonly keystore?: CommandContext['keystore']
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** The settings file of the machine; absent: none is read, as where the program is developed. */
  readonly settingsFile?: string
}

/** Exit codes: done, a fault, a command line that says nothing sensible. */
const exit = { done: 0, fault: 1, usage: 2 } as const

const common = {
  json: { type: 'boolean' },
  data: { type: 'string' },
  platform: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  example: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options']

/** Runs one command line and returns the exit code. */
export async function main(
  words: readonly string[],
  around: Surroundings,
  known: readonly CommandGroup[] = groups,
): Promise<number> {
  if (words[0] === '--version') return said(around, `${version()}\n`)
  const group = known.find((one) => one.word === words[0])
  if (group === undefined) return usage(words, around, known)
  const commands = await group.load()
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word))
  if (command === undefined) {
    around.out(`${commands.map(lineOf).join('\n')}\n`)
    return wantsHelp(words) ? exit.done : exit.usage
  }
  const parsed = parse(command, words.slice(command.name.split(' ').length))
  if (!parsed.ok) {
    if (words.includes('--json')) failed(around, parsed.fault, true)
    around.err(`guichet ${command.name}: ${parsed.fault.detail ?? ''}\n${helpOf(command)}\n`)
    return exit.usage
  }
  const { values, positionals } = parsed.value
  if (values['help'] === true) return said(around, `${helpOf(command)}\n`)
  if (values['example'] === true && command.example !== undefined)
    return said(
      around,
      `${typeof command.example === 'string' ? command.example : JSON.stringify(command.example, undefined, 2)}\n`,
    )
  const json = values['json'] === true
  const context = contextOf(values, positionals, around)
  if (context.platformUrl !== undefined && !isPlatformAddress(context.platformUrl))
    return failed(around, faultOf('call.invalid', '--platform: an address of https, or of this machine'), json)
  const result = await run(command, context)
  if (!result.ok) return failed(around, result.fault, json)
  said(around, json ? `${JSON.stringify(result.value.json, undefined, 2)}\n` : `${result.value.text}\n`)
  return result.value.failed === true ? exit.fault : exit.done
}

type Values = CommandContext['options']

const parse = (
  command: Command,
  args: readonly string[],
): Result<{ values: Values; positionals: readonly string[] }> => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...common, ...command.options },
      allowPositionals: true,
      strict: true,
    })
    return ok({ values, positionals })
  } catch (cause) {
    return err(faultOf('call.invalid', cause instanceof Error ? cause.message : 'arguments'))
  }
}

/** What is wrong with the file is said by the doctor; until then nothing of it counts. */
const machineOf = ({ settingsFile }: Surroundings): CommandContext['machine'] =>
  settingsFile === undefined ? undefined : { file: settingsFile, ...readMachineSettings(settingsFile) }

const contextOf = (
  values: Values,
  positionals: readonly string[],
  around: Surroundings,
  machine = machineOf(around),
): CommandContext => ({
  machine,
  options: values,
  positionals,
  // Only a command that needs a folder asks where it is: an account may have none.
  get dataDir() {
    return resolve(
      text(values['data']) ?? machine?.settings.dataDir ?? text(around.env['GUICHET_DATA']) ?? usualDataDir(around.env),
    )
  },
  platformUrl: text(values['platform']) ?? machine?.settings.platform ?? text(around.env['GUICHET_PLATFORM']),
  env: around.env,
  ...(around.keystore === undefined ? {} : { keystore: around.keystore }),
  json: values['json'] === true,
  signal: around.signal,
  stdin: () => readAll(around.stdin),
  progress: (line) => {
    around.err(`${line}\n`)
  },
  line: (line) => {
    around.out(`${line}\n`)
  },
})

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** A folder that a variable names; an empty or relative one is none (XDG Base Directory Specification). */
const folderIn = (value: string | undefined): string | undefined =>
  value !== undefined && isAbsolute(value) ? value : undefined

/** An account that is in no list of users has no folder of its own. */
class NoHome extends Error {}
const home = (env: Surroundings['env']): string => {
  const named = folderIn(env['HOME'])
  if (named !== undefined) return named
  try {
    return homedir()
  } catch {
    throw new NoHome()
  }
}

/** The folder that Electron gives to an application of this name (`app.getPath('userData')`). */
const usualDataDir = (env: Surroundings['env']): string => {
  if (process.platform === 'win32')
    return join(folderIn(env['APPDATA']) ?? join(homedir(), 'AppData', 'Roaming'), 'Guichet')
  if (process.platform === 'darwin') return join(home(env), 'Library', 'Application Support', 'Guichet')
  return join(folderIn(env['XDG_CONFIG_HOME']) ?? join(home(env), '.config'), 'Guichet')
}

const run = async (command: Command, context: CommandContext): Promise<Result<Said>> => {
  try {
    return await command.run(context)
  } catch (cause) {
    if (cause instanceof NoHome)
      return err(faultOf('call.invalid', 'this account has no home folder: --data DIR or GUICHET_DATA'))
    // A programming error: where it was thrown goes to the screen of whoever can mend it, not into the answer.
    context.progress(crashOf(cause))
    return err(faultOf('internal'))
  }
}

const said = (around: Surroundings, words: string): number => {
  around.out(words)
  return exit.done
}

const failed = (around: Surroundings, fault: Fault, json: boolean): number => {
  const { blame, retry } = faults[fault.code]
  if (json) around.out(`${JSON.stringify({ fault: { ...fault, blame, retry } }, undefined, 2)}\n`)
  else around.err(`${fault.code}${fault.detail === undefined ? '' : `: ${fault.detail}`} (${blame}; retry: ${retry})\n`)
  return exit.fault
}

const wantsHelp = (words: readonly string[]): boolean => words.includes('--help') || words.includes('-h')

const usage = (words: readonly string[], around: Surroundings, known: readonly CommandGroup[]): number => {
  const lines = known.map((group) => `  ${group.word.padEnd(12)}${group.summary}`)
  const help = `guichet COMMAND [--json] [--data DIR] [--platform URL] [--help]\nguichet --version\n\n${lines.join('\n')}\n`
  if (words.length === 0 || words[0] === 'help' || wantsHelp([words[0] ?? ''])) return said(around, help)
  around.err(`guichet: no command ${JSON.stringify(words[0])}\n${help}`)
  return exit.usage
}

const lineOf = (command: Command): string =>
  `guichet ${command.name}${command.usage === undefined ? '' : ` ${command.usage}`}\n    ${command.summary}`

const helpOf = (command: Command): string =>
  [
    lineOf(command),
    '    --json            JSON on standard output, faults too',
    '    --data DIR        the data folder; else GUICHET_DATA. GUICHET_PASSPHRASE wraps its key where there is no keystore',
    '    --platform URL    the central platform; else GUICHET_PLATFORM',
    ...(command.example === undefined ? [] : ['    --example         prints an input that works']),
  ].join('\n')
