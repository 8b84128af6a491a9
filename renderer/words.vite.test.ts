import { expect, it } from 'vitest'
import { ownWords, startOf } from './words.vite.ts'

const sources = import.meta.glob<string>(['./core/**/*.ts', './features/**/*.ts', '!./**/*.test.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
})
/** Every room with words: its module, as the build names it, and its text. */
const rooms = Object.entries(sources)
  .filter(([, source]) => /await words\(/u.test(source))
  .map(([path, source]) => ({ module: path.replace(/^\./u, '/renderer'), source }))

it('the file that the login is drawn from asks for no words: each feature has its own, those of the start are in it', () => {
  expect(rooms.length).toBeGreaterThan(10)
  const start = rooms.filter(({ source }) => source.includes('{ default: french }'))
  expect(start.map(({ module }) => module).sort()).toEqual([
    '/renderer/core/faults/index.ts',
    '/renderer/core/words.ts',
    '/renderer/features/app/words.ts',
    '/renderer/features/session/words.ts',
  ])
  for (const { module, source } of rooms)
    expect([module, ownWords(module)]).toEqual([module, !start.some((one) => one.source === source)])
  for (const { source } of start) expect(source).not.toMatch(/(?:fr|ar): (?:ofEvery\()?\(/u)
})

it('of the words of the start only the languages of few are files of their own', () => {
  const at = (language: string): string | null => startOf(`/renderer/core/words/${language}.json`)
  expect(['fr', 'ar', 'en', 'zgh'].map(at)).toEqual([null, null, 'words-en', 'words-zgh'])
  expect(startOf('/renderer/features/journal/words/en.json')).toBeNull()
})
