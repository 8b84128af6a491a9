import type { ParseArgsConfig } from 'node:util'
import type { Keystore } from '#shared/contract/mainKeystore.ts'
import type { CheckedSettings } from '#shared/domain/machineSettings.ts'
import type { Result } from '#shared/result.ts'

/** What a command has to say: `json` is printed with `--json` (bytes left out by the command), `text` otherwise. */
export interface Said {
  readonly json: unknown
  readonly text: string
  /** It was answered, and the answer is bad news: the exit code is that of a fault. */
  readonly failed?: boolean
}

/** What the frame hands to a command. Only a command that needs the register opens it. */
export interface CommandContext {
  /** The values of the command's own options, as parsed by `node:util` parseArgs. */
  readonly options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
  /** What the machine's administrator set, and what of it is wrong; absent where no file is read. */
  readonly machine?: (CheckedSettings & { readonly file: string }) | undefined
  /** `--data`, else the machine's `dataDir`, else `GUICHET_DATA`, else the user's data folder; it may not exist yet. */
  readonly dataDir: string
  /** `--platform`. */
  readonly platformUrl: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * The operating system's keystore, where this program can ask one; it answers nothing where the session has none.
   * Asked for only when a key is wrapped by it.
   */
  readonly keystore?: () => Promise<Keystore | undefined>
  /** Whether the answer will be JSON: a command may then leave out costly text. */
  readonly json: boolean
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Everything on standard input; faults: file.unreadable (a terminal, or more than 64 MB). */
  readonly stdin: () => Promise<Result<Uint8Array>>
  /** One line of progress on standard error, never on standard output. */
  readonly progress: (line: string) => void
  /** One line on standard output at once, for a command that runs on: its answer comes when it ends. */
  readonly line: (line: string) => void
}

/**
 * One command of `guichet`. A fault makes the exit code 1 and is printed as `{ fault: { code, blame, retry, detail } }`
 * with `--json`. The module that holds commands stays light: `run` imports what it needs.
 */
export interface Command {
  /** The words after `guichet`: `card read`. */
  readonly name: string
  readonly summary: string
  /** What follows the name in the usage line: `FILE`, `[--reader NAME]`. */
  readonly usage?: string
  /** The command's own options; `--json`, `--data`, `--platform`, `--help` and `--example` belong to the frame. */
  readonly options?: NonNullable<ParseArgsConfig['options']>
  /**
   * An input that works, printed by `--example`; only for commands that read standard input: text as it is, anything
   * else as JSON.
   */
  readonly example?: unknown
  run(context: CommandContext): Promise<Result<Said>>
}

/** The first word of some commands and where they are: loaded only when that word is typed. */
export interface CommandGroup {
  readonly word: string
  readonly summary: string
  load(): Promise<readonly Command[]>
}
