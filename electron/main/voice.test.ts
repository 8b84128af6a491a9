import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#tests/builders/register.ts'
import { recordingsFolder, usualVoice, voiceNow } from './voice.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

const put = (...parts: readonly string[]): void => {
  const file = join(folder.path, ...parts)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, 'said')
}

test('a language that the office recorded is read from its folder alone, the other one from what is shipped', async () => {
  for (const language of ['fr', 'ar']) for (const name of ['1.wav', '2.wav']) put('shipped', language, name)
  put('own', 'ar', '1.ogg')
  const [shipped, own] = [join(folder.path, 'shipped'), join(folder.path, 'own')]
  const voice = { folder: own, languages: ['fr', 'ar'], volume: 40 } as const
  expect(await voiceNow(voice, shipped)).toEqual({
    volume: 0.4,
    languages: [
      { language: 'fr', files: ['1.wav', '2.wav'] },
      { language: 'ar', files: ['1.ogg'] },
    ],
  })
  expect(recordingsFolder(voice, shipped, 'ar')).toBe(join(own, 'ar'))
  expect(recordingsFolder(voice, shipped, 'fr')).toBe(join(shipped, 'fr'))
})

test('where nothing is set it says Arabic, then French; where nothing was recorded it has nothing to say', async () => {
  put('shipped', 'fr', '1.wav')
  const shipped = join(folder.path, 'shipped')
  expect((await voiceNow(usualVoice, shipped)).languages.map(({ language }) => language)).toEqual(['ar', 'fr'])
  rmSync(shipped, { recursive: true })
  expect(await voiceNow({ ...usualVoice, folder: join(folder.path, 'gone') }, shipped)).toEqual({
    volume: 1,
    languages: [
      { language: 'ar', files: [] },
      { language: 'fr', files: [] },
    ],
  })
  expect(await voiceNow({ ...usualVoice, languages: [] }, shipped)).toEqual({ volume: 1, languages: [] })
})
