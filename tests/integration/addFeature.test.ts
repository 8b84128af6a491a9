import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** `docs/add-a-feature.md`, done: the smallest feature as a patch, in a copy of the program. */
const root = join(import.meta.dirname, '../..')
const patch = join(root, 'tests/fixtures/add-a-feature/daybook.patch')
const folders = ['shared/contract', 'electron/worker', 'renderer'].map((room) => `${room}/features/daybook/`)
const lists = ['shared/contract/features.ts', 'electron/worker/features.ts']
const run = promisify(execFile)
let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'add-a-feature-'))
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 10_000_000,
  })
  const files = stdout.split('\0').filter((file) => file !== '' && !file.startsWith('tests/fixtures/'))
  for (const folder of new Set(files.map(dirname))) await mkdir(join(copy, folder), { recursive: true })
  // A file that is taken out of the program but not yet out of the index.
  await Promise.all(files.map((file) => cp(join(root, file), join(copy, file)).catch(() => undefined)))
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  await symlink(join(root, '.cache'), join(copy, '.cache'))
  await run('git', ['apply', patch], { cwd: copy })
})
afterAll(() => rm(copy, { recursive: true, force: true }))

/** Ends with what was printed when the command fails. */
const inCopy = async (command: string, ...words: readonly string[]): Promise<string> => {
  const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` }
  return run(command, words, { cwd: copy, env, maxBuffer: 50_000_000 }).then(
    () => 'done',
    (failed: { stdout: string; stderr: string }) => `${failed.stdout}\n${failed.stderr}`.slice(-4_000),
  )
}

test('outside its three folders it touches one line in each of two lists', async () => {
  const { stdout } = await run('git', ['apply', '--numstat', patch], { cwd: copy })
  const touched = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const outside = touched.filter(([, , file = '']) => !folders.some((folder) => file.startsWith(folder)))
  expect(outside.sort()).toEqual(lists.map((file) => ['1', '0', file]).sort())
  for (const folder of folders) expect(touched.some(([, , file = '']) => file.startsWith(folder))).toBe(true)
  const guide = await readFile(join(root, 'docs/add-a-feature.md'), 'utf8')
  for (const [, , file = ''] of touched) expect(guide, file).toContain(file.split('/').at(-1))
})

describe('it is a part of the program like any other', () => {
  test('it compiles, its page too, within the walls, and the program is built with it', async () => {
    const [worker, page] = await Promise.all([
      inCopy('tsc', '-p', 'tsconfig.json'),
      inCopy('vue-tsc', '-p', 'tsconfig.web.json'),
    ])
    expect([worker, page]).toEqual(['done', 'done'])
    // Packages lie outside the copy, where the rules about them do not know them.
    const walls = ['--config', '.dependency-cruiser.js', '--exclude', 'node_modules/', 'shared', 'electron', 'renderer']
    expect(await inCopy('depcruise', ...walls)).toBe('done')
    expect(await inCopy('electron-vite', 'build', '--logLevel', 'error')).toBe('done')
  }, 900_000)

  test('its act is written once, its sheet comes out, its page works over the demonstration', async () => {
    const own = ['electron/worker/features/daybook', 'renderer/features/daybook', 'renderer/features.test.ts']
    const joined = ['shared/contract/acts.test.ts', 'shared/contract/papers.test.ts', 'shared/contract/join.test.ts']
    expect(await inCopy('vitest', 'run', '--project', 'unit', '--project', 'ui', ...own, ...joined)).toBe('done')
  }, 900_000)
})
