import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vite'

/** The package folder that a bundled file lies in, relative to `root`; undefined for our own files. */
export function packageOf(id: string, root: string): string | undefined {
  const path = relative(root, id.replace(/^\0/, '').split('?')[0] ?? '').replaceAll('\\', '/')
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]
}

/** Tells, in `out/bundled-packages.json`, which packages were put into the page: their licences ship with it. */
export function bundledPackages(root: string): Plugin {
  return {
    name: 'bundled-packages',
    generateBundle(_options, bundle) {
      const assets = Object.values(bundle).flatMap((file) =>
        file.type === 'asset' ? file.originalFileNames.map((name) => join(root, 'renderer', name)) : [],
      )
      const packages = new Set(
        [...this.getModuleIds(), ...assets].map((id) => packageOf(id, root)).filter((found) => found !== undefined),
      )
      mkdirSync(join(root, 'out'), { recursive: true })
      writeFileSync(join(root, 'out/bundled-packages.json'), `${JSON.stringify([...packages].sort(), null, 2)}\n`)
    },
  }
}
