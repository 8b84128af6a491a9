import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, safeStorage } from 'electron'
import type { CommandKeystore, CommandLine } from '#shared/contract/commandLine.ts'
import { crashOf } from '#shared/crash.ts'
import { commandEnvironment, commandWords } from './commandWords.ts'
import { refusedSwitches } from './debugging.ts'
import { openKeystore } from './keystore.ts'
import { machineFile, readMachineSettings } from './machineSettings.ts'
import { forgetRelativeFolders } from './userFolders.ts'

const exit = { fault: 1, usage: 2 } as const

/**
 * Runs a command of `guichet` and ends the program with its exit code. Nothing of Chromium is started for it, no
 * display is looked for: that begins when this resolves, which is when the command ends, or first asks for the keystore.
 */
async function runCommand(args: readonly string[]): Promise<void> {
  forgetRelativeFolders(process.env)
  const wanted = Promise.withResolvers<undefined>()
  let folder: string | undefined
  const keystore = async (): Promise<CommandKeystore | undefined> => {
    folder = mkdtempSync(join(tmpdir(), 'guichet-command-'))
    // What Chromium writes is nobody's: the data folder stays as it is.
    app.setPath('userData', folder)
    // Without a desktop Chromium would take a store that hides nothing; the window on this machine takes this one.
    if (process.platform === 'linux' && !process.env['XDG_CURRENT_DESKTOP'])
      app.commandLine.appendSwitch('password-store', 'gnome-libsecret')
    wanted.resolve(undefined)
    await app.whenReady()
    const found = await openKeystore(safeStorage, process.platform)
    return typeof found === 'string' ? undefined : found
  }
  const ended = run(args, keystore)
    .catch((cause: unknown) => {
      process.stderr.write(`guichet: ${crashOf(cause)}\n`)
      return exit.fault
    })
    .then((code) => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      app.exit(code)
    })
  await Promise.race([ended, wanted.promise])
}

const run = async (args: readonly string[], keystore: () => Promise<CommandKeystore | undefined>): Promise<number> => {
  const refused = refusedSwitches(app.isPackaged, (name) => app.commandLine.hasSwitch(name))
  if (refused.length > 0) {
    process.stderr.write(`guichet: no command is run with: ${refused.join(', ')}\n`)
    return exit.usage
  }
  const env = environment()
  // A room of its own, as the hosts are, built beside this file.
  const url = pathToFileURL(join(import.meta.dirname, 'cli.js')).href
  const { runPackaged } = (await import(url)) as CommandLine
  return runPackaged(commandWords(args), { env, keystore })
}

/** What the command may see. Settings of the machine that make no sense are named by the doctor, and count for nothing. */
const environment = (): Readonly<Record<string, string | undefined>> => {
  if (!app.isPackaged) return process.env
  const binding = join(process.resourcesPath, 'better_sqlite3.node')
  const { settings } = readMachineSettings(machineFile())
  return commandEnvironment(process.env, settings, existsSync(binding) ? binding : undefined)
}

await runCommand(process.argv)
