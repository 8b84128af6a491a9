import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type UserConfig } from 'vite'
import { compiledWords, ownWords, startOf, wordsFile } from './words.vite.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The page, wherever it runs: electron-vite takes this as its renderer, a plain browser is served by it.
 * @param demo a synthetic register answers instead of the worker, and the gallery is there: never in what ships
 */
export const page = (demo: boolean): UserConfig => ({
  root: here,
  base: './',
  plugins: [vue(), compiledWords()],
  define: { __DEMO__: JSON.stringify(demo) },
  build: {
    target: 'chrome130',
    minify: 'oxc',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    outDir: `${here}../out/${demo ? 'demo' : 'renderer'}`,
    emptyOutDir: true,
    // Every file of the page goes through the main process: what two chunks share is one file, not thirty, and so are
    // the words that every start says, by language.
    rolldownOptions: {
      // A window of each door has its page.
      input: Object.fromEntries(['index', 'board', 'kiosk', 'start'].map((name) => [name, `${here}${name}.html`])),
      output: {
        codeSplitting: {
          groups: [
            { name: startOf, test: wordsFile, priority: 2 },
            { name: 'shared', minShareCount: 2, test: (id) => !ownWords(id) },
          ],
        },
      },
    },
  },
})

export default defineConfig(page(true))
