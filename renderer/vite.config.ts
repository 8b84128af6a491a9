import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The page, wherever it runs: electron-vite takes this as its renderer, a plain browser is served by it.
 * @param demo a synthetic register answers instead of the worker, and the gallery is there: never in what ships
 */
export const page = (demo: boolean): UserConfig => ({
  root: here,
  base: './',
  plugins: [vue()],
  define: { __DEMO__: JSON.stringify(demo) },
  build: {
    target: 'chrome130',
    minify: 'oxc',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    outDir: `${here}../out/${demo ? 'demo' : 'renderer'}`,
    emptyOutDir: true,
    // Every file of the page goes through the main process: what two chunks share is one file, not thirty.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] } } },
  },
})

export default defineConfig(page(true))
