import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compiledWords } from './renderer/words.vite.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // Files share a process, and what they import is loaded once: the shapes of the contract take longer than most
          // tests. Whatever a test changes of the process it puts back.
          isolate: false,
          maxWorkers: 2,
          // What takes a second alone takes ten beside a build.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          include: [
            '{shared,drivers,electron,scripts}/**/*.test.ts',
            'tests/{platform,emulators,builders,security,hall}/**/*.test.ts',
          ],
        },
      },
      {
        plugins: [vue(), compiledWords()],
        test: {
          name: 'ui',
          environment: 'happy-dom',
          maxWorkers: 2,
          include: ['renderer/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['tests/integration/**/*.test.ts', 'tests/conformance/**/*.test.ts'],
          // Two files at once: each has its own services on ports of its own, and waits more than it works.
          maxWorkers: 2,
          testTimeout: 300_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 240_000,
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
