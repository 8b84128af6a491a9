import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import { v5 } from 'uuid'
import { machineSettings } from '#shared/domain/machineSettings.ts'

/** What both installers are made of. */
export interface Content {
  /** Folders of the program by their path from it, parents first; the program's own folder is ''. */
  readonly folders: readonly Folder[]
  readonly version: string
}

interface Folder {
  readonly path: string
  readonly files: readonly string[]
}

/** Where the tools find the program and its icon: both run in a folder that has them. */
export const source = { app: 'app', icon: 'guichet.ico' } as const

/** What is in the program's folder, in an order that is the same on every machine. */
export const foldersOf = (app: string, path = ''): readonly Folder[] => {
  const entries = readdirSync(join(app, path), { withFileTypes: true })
  const named = (wanted: boolean): readonly string[] =>
    entries
      .filter((entry) => entry.isDirectory() === wanted)
      .map(({ name }) => name)
      .sort()
  return [{ path, files: named(false) }, ...named(true).flatMap((name) => foldersOf(app, posix.join(path, name)))]
}

/** By this Windows knows one version of Guichet as the successor of another: it never changes. */
export const upgradeCode = '7C0E5B51-3F4B-4C56-9C3F-1E0E6C3F8A1D'

/** The same name has the same number in every build: Windows counts by it who else uses a part. */
export const stableGuid = (name: string): string => v5(name, upgradeCode).toUpperCase()

/** Every setting of the machine, with the property that gives it to an installer: `dataDir` is `DATADIR`. */
export const installerProperties = Object.keys(machineSettings).map((name) => ({ name, property: name.toUpperCase() }))

/**
 * One setting on the command line of `guichet provision`, which takes the space before the quotation mark off: a folder
 * may end with a backslash, and a backslash would make the mark a part of the value.
 * @param value how the installer writes what was given
 */
export const setting = (name: string, value: string): string => `--set "${name}=${value} "`

/** By this the installer writes the settings; no file of a package does, so that removing it leaves them. */
export const provisionWords = '--guichet-command -- provision'
