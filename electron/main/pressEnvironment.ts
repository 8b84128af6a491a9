type Environment = Readonly<Record<string, string | undefined>>

/** What a process needs to run at all: Windows finds its own libraries by these, other systems need nothing. */
const needed = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR'] as const

/** The environment of the press: no passphrase, no address and no path of this counter is in it. */
export const pressEnvironment = (env: Environment): Record<string, string> =>
  Object.fromEntries(
    needed.flatMap((name) => {
      const value = env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
