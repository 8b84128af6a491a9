import { join } from 'node:path'

/** The folder of icons, fonts, templates, seeds and trust anchors, beside this program. */
export const resourcesDir = join(import.meta.dirname, '..', '..', 'resources')
