import { join } from 'node:path'
import { build, type Plugin } from 'vite'

/**
 * Builds the command line into `out/main/command`, apart from the hosts of the window: what both need is in it twice,
 * but a start of the window, which reads whole files, is not cut into hundreds of small ones for its sake.
 * @param root of the tree
 * @param inside packages that are built in; the others are opened where they lie
 */
export const commandLine = (root: string, inside: readonly string[]): Plugin => ({
  name: 'guichet:command-line',
  apply: 'build',
  async closeBundle() {
    if (this.meta.watchMode) return
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      ssr: { target: 'node', noExternal: [...inside] },
      build: {
        ssr: true,
        target: 'node20.18',
        outDir: join(root, 'out/main/command'),
        emptyOutDir: true,
        reportCompressedSize: false,
        rolldownOptions: {
          external: ['electron'],
          input: { command: join(root, 'electron/main/command.ts'), cli: join(root, 'electron/cli/packaged.ts') },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    })
  },
})
