/** What the program's own entry lends to a command that it runs without a window. */
export interface CommandParts {
  /** The variables that a command may see, and those that the machine's settings put in their place. */
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * The keystore of this session, asked for only when a key is wrapped by it; nothing where the session has none.
   * Rejects as the keystore does.
   */
  readonly keystore: () => Promise<CommandKeystore | undefined>
}

/** The operating system's keystore. Rejects when it refuses, or when the blob is not its own. */
export interface CommandKeystore {
  wrap(key: Uint8Array): Promise<Uint8Array>
  unwrap(blob: Uint8Array): Promise<Uint8Array>
}

/** The command line as it lies in a package, `out/main/cli.js`. */
export interface CommandLine {
  /** Runs one command line, without the program's own switches; resolves to its exit code: 0, 1 or 2. */
  readonly runPackaged: (words: readonly string[], parts: CommandParts) => Promise<number>
}
