import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

const above = (folder: string): string =>
  existsSync(join(folder, 'package.json')) || dirname(folder) === folder ? folder : above(dirname(folder))

/** The folder with `package.json`: of the tree, or of the archive in a package, wherever this module was built to. */
export const programRoot = above(import.meta.dirname)
