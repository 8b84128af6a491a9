import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** electron-builder's hook between copying and turning the fuses. */
export function afterPack({ packager, appOutDir }) {
  const resources = packager.getResourcesDir(appOutDir)
  // The stand-in runtime brings a default app, which is no part of a package.
  rmSync(join(resources, 'app'), { recursive: true, force: true })
  const addon = process.env.GUICHET_SQLITE_BINDING
  if (addon) copyFileSync(addon, join(resources, 'better_sqlite3.node'))
}
