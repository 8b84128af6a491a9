import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './runtime.ts'

// The page of inputs from the field names what is there, and all of it.

const folder = 'tests/fixtures/field'
const page = readFileSync(join(root, folder, 'README.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| kind '))
  .map((line) =>
    line
      .replaceAll(String.raw`\|`, '/')
      .slice(2, -2)
      .split(' | '),
  )
const named = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name)
const isInput = /\.(?:json|txt|bin|der|jp2)$|\*$/u
const inputs = rows.flatMap(([, example = '']) => named(example).filter((name) => isInput.test(name)))

test('each kind has an example and a test', () => {
  expect(rows.length).toBeGreaterThan(80)
  for (const row of rows) expect(row).toHaveLength(3)
})

test.each(rows)('%s (%s)', (_kind, _example, shownBy = '') => {
  const files = named(shownBy)
  expect(files).not.toEqual([])
  for (const file of files) {
    expect(file).toMatch(/\.test\.ts$|^scripts\/pictures\.ts$/u)
    expect(globSync(file, { cwd: root })).toEqual([file])
  }
})

test.each(inputs)('%s is in the folder', (input) => {
  expect(globSync(input, { cwd: join(root, folder) })).not.toEqual([])
})

test('every input in the folder is named', () => {
  const known = new Set(inputs.flatMap((input) => globSync(input, { cwd: join(root, folder) })))
  const there = globSync('**/*.*', { cwd: join(root, folder) }).filter((file) => file !== 'README.md')
  expect(there.filter((file) => !known.has(file))).toEqual([])
})
