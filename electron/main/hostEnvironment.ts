type Environment = Readonly<Record<string, string | undefined>>

/** What a process needs to run at all: Windows finds its own libraries by these, other systems need nothing. */
const needed = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR']

/** By which the system's own parts (smart cards, printers, scanners) find themselves and their settings. */
const system =
  /^(PATH|HOME|USER|LANG|LC_.*|APPDATA|LOCALAPPDATA|PROGRAMDATA|ProgramData|PCSC.*|CUPS_.*|SANE_.*|XDG_.*|DBUS_.*|LD_LIBRARY_PATH|SystemDrive|USERPROFILE|SESSIONNAME|CLIENTNAME|SSH_.*|DISPLAY|XRDP_.*)$/

/** What the worker opens its register by. By which way it reaches a platform it is told at its start. */
const worker = /^(PATH|HOME|USER|LANG|LC_.*|LD_LIBRARY_PATH|GUICHET_PASSPHRASE)$/

/**
 * The environment of one host: what it needs and nothing else. The passphrase is the worker's alone; cards and texts,
 * which may be hostile, are read where no secret and no address of this counter is.
 */
export const hostEnvironment = (
  host: 'worker' | 'devices' | 'press' | 'hall',
  env: Environment,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined &&
        (needed.includes(pair[0]) ||
          (host === 'devices' && system.test(pair[0])) ||
          (host === 'worker' && worker.test(pair[0]))),
    ),
  )
