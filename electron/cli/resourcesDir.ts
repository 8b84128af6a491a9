import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { programRoot } from './programRoot.ts'

const packaged = join(dirname(programRoot), 'guichet')

/** The folder of icons, fonts, templates, seeds and trust anchors: in a package beside its archive, else in the tree. */
export const resourcesDir =
  programRoot.endsWith('.asar') && existsSync(packaged) ? packaged : join(programRoot, 'resources')
