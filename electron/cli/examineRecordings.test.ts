import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#tests/builders/register.ts'
import { textsOf } from '#scripts/recordings/recordings.ts'
import { root } from '#scripts/runtime.ts'
import { examineRecordings } from './examineRecordings.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})
const examine = () => examineRecordings({ recordings: folder.path }, join(root, 'resources'))

test('says which recordings of a language are missing, and nothing of one that the program speaks itself', () => {
  expect(examineRecordings({}, join(root, 'resources'))).toEqual([])
  expect(examine()).toMatchObject([{ verdict: 'warning', found: expect.stringContaining('neither ar nor fr') }])
  mkdirSync(join(folder.path, 'ar'))
  for (const name of Object.keys(textsOf(root, 'ar'))) writeFileSync(join(folder.path, 'ar', `${name}.ogg`), 'said')
  expect(examine()).toMatchObject([{ part: 'recordings', verdict: 'ok', found: 'ar: all there' }])
  for (const name of ['20', 'and']) rmSync(join(folder.path, 'ar', `${name}.ogg`))
  // What is no sound does not say anything.
  writeFileSync(join(folder.path, 'ar', '20.txt'), 'vingt')
  expect(examine()).toMatchObject([{ verdict: 'warning', found: 'ar: without 20, and' }])
  mkdirSync(join(folder.path, 'fr'))
  expect(examine()[1]).toMatchObject({
    verdict: 'warning',
    found: expect.stringMatching(/^fr: without .* and 129 more$/u),
  })
})
