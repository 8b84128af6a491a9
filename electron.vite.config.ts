import { readFileSync } from 'node:fs'
import { defineConfig } from 'electron-vite'
import { mergeConfig } from 'vite'
import { page } from './renderer/vite.config.ts'
import { bundledPackages } from './scripts/bundledPackages.ts'
import { commandLine } from './scripts/commandLine.ts'
import { recordings } from './scripts/recordings/recordings.ts'

const electronVersion = (
  JSON.parse(readFileSync(new URL('node_modules/electron/package.json', import.meta.url), 'utf8')) as {
    version: string
  }
).version

/** The packages that are built in; the others are opened where they lie. */
const inside = [
  'zod',
  'uuid',
  'cborg',
  'jose',
  'tus-js-client',
  'undici',
  'age-encryption',
  '@noble/ciphers',
  '@noble/curves',
  '@noble/hashes',
  '@peculiar/asn1-cms',
  '@peculiar/asn1-ecc',
  '@peculiar/asn1-rsa',
  '@peculiar/asn1-schema',
  '@peculiar/asn1-x509',
] as const

export default defineConfig({
  main: {
    plugins: [commandLine(import.meta.dirname, inside)],
    define: { __ELECTRON_VERSION__: JSON.stringify(electronVersion) },
    build: {
      // What every start reads lies in a few files: resolving and opening hundreds of modules took half of the time of
      // a host.
      externalizeDeps: { exclude: [...inside] },
      rolldownOptions: {
        input: {
          entry: 'electron/main/entry.ts',
          index: 'electron/main/index.ts',
          worker: 'electron/worker/index.ts',
          devices: 'electron/devices/index.ts',
          press: 'electron/press/index.ts',
          hall: 'electron/hall/index.ts',
          ocr: 'electron/press/letter/ocr/thread.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    // A sandboxed preload is one CommonJS file, with everything it needs inside.
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          clerk: 'electron/preload/clerk.ts',
          kiosk: 'electron/preload/kiosk.ts',
          board: 'electron/preload/board.ts',
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: mergeConfig(page(false), {
    plugins: [bundledPackages(import.meta.dirname), recordings(import.meta.dirname)],
  }),
})
