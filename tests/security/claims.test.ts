import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#scripts/runtime.ts'

// SECURITY.md claims only what a test attacks: each row of its tables names one, and the file is there.

const text = readFileSync(join(root, 'SECURITY.md'), 'utf8')
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts
const conformance = readdirSync(join(root, 'tests/conformance'))
  .map((name) => readFileSync(join(root, 'tests/conformance', name), 'utf8'))
  .join('\n')
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:Attempt|What must hold|Asset) \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .filter((cells) => cells.length === 3)

test('there are claims', () => {
  expect(rows.length).toBeGreaterThan(50)
})

test.each(rows)('%s', (claim, _, shownBy = '') => {
  const named = [...shownBy.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
  let folder = ''
  const found = named.filter((name) => {
    const command = /^npm run ([a-z]+)$/.exec(name)?.[1]
    if (command !== undefined) return Object.hasOwn(scripts, command)
    if (/^[a-z]+(?:-[a-z]+)+$/.test(name)) return conformance.includes(`'${name}'`)
    const path = name.includes('/') ? name : join(folder, name)
    folder = dirname(path)
    expect(existsSync(join(root, path)), `${claim}: ${name}`).toBe(true)
    return /\.test\.ts$|Rules\.ts$|^drivers\/card$/.test(path)
  })
  expect(found, claim).not.toEqual([])
})
