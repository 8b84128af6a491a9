import { join } from 'node:path'
import { build } from 'vite'

/**
 * The counter's loop as one file, which starts in half the time of two hundred: a run of kills is mostly starts. It
 * lies inside the project, where
 * its native parts are found.
 * @returns the path of the file
 */
export async function bundleLoop(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..')
  const outDir = join(root, '.cache', 'faults')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: {
      noExternal: true,
      external: ['better-sqlite3', '@node-rs/argon2', 'jpeg2000', '@hyzyla/pdfium', 'tesseract.js-core'],
    },
    build: {
      ssr: join(import.meta.dirname, 'counterLoop.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'counterLoop.mjs', codeSplitting: false } },
    },
  })
  return join(outDir, 'counterLoop.mjs')
}
