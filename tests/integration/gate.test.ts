import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const lint = new ESLint({ cwd: root })

/** The rules broken by a text, were it the content of this (existing) file. */
async function rulesBroken(filePath: string, text: string): Promise<readonly (string | null)[]> {
  const [result] = await lint.lintText(text, { filePath: join(root, filePath) })
  return result?.messages.map((message) => message.ruleId) ?? []
}

describe('lint refuses', () => {
  const cases: readonly [name: string, file: string, text: string, rule: string][] = [
    [
      'any',
      'shared/result.ts',
      '/** x */\nexport const x = (y: any): unknown => y\n',
      '@typescript-eslint/no-explicit-any',
    ],
    [
      'a file over 300 lines',
      'shared/result.ts',
      Array.from({ length: 301 }, (_, at) => `export const x${String(at)} = 1\n`).join(''),
      'max-lines',
    ],
    ['a default export', 'shared/result.ts', 'export default 1\n', 'no-restricted-syntax'],
    [
      'a comment that switches the compiler off',
      'shared/result.ts',
      '// @ts-ignore\nexport const x = 1\n',
      '@typescript-eslint/ban-ts-comment',
    ],
    ['SQL outside the store', 'shared/result.ts', "export const q = 'SELECT 1 FROM request'\n", 'no-restricted-syntax'],
    [
      'a promise nobody waits for',
      'shared/result.ts',
      'Promise.resolve(1)\nexport {}\n',
      '@typescript-eslint/no-floating-promises',
    ],
    [
      'the network outside the outbox',
      'electron/worker/compose.ts',
      "void fetch('http://localhost')\nexport {}\n",
      'no-restricted-globals',
    ],
    [
      'the link of an act outside worker/acts',
      'electron/worker/compose.ts',
      "declare const journal: { appendAct(x: string): void }\njournal.appendAct('day.closed')\nexport {}\n",
      'no-restricted-syntax',
    ],
    [
      'a store of a feature that outlives the session',
      'renderer/features/trust/store.ts',
      "import { defineStore } from 'pinia'\nexport const use = defineStore('x', () => ({}))\n",
      'no-restricted-imports',
    ],
    [
      'a key that is bound by hand',
      'renderer/shell/TheShell.vue',
      '<script setup lang="ts">\nconst key = \'F5\'\n</script>\n<template><p>{{ key }}</p></template>\n',
      'no-restricted-syntax',
    ],
    [
      'a key-cap that is drawn by hand',
      'renderer/shell/TheShell.vue',
      '<template><UiButton label="x" shortcut="F5" /></template>\n',
      'vue/no-restricted-static-attribute',
    ],
    [
      'a public function of the domain without a docstring',
      'shared/result.ts',
      'export const twice = (n: number): number => n * 2\n',
      'jsdoc/require-jsdoc',
    ],
    [
      'a plain-text keystore',
      'electron/main/index.ts',
      'declare const s: { setUsePlainTextEncryption(x: boolean): void }\ns.setUsePlainTextEncryption(true)\nexport {}\n',
      'no-restricted-syntax',
    ],
  ]
  test.each(cases)('%s', async (_name, file, text, rule) => {
    expect(await rulesBroken(file, text)).toContain(rule)
  })

  test('nothing where nothing is wrong, also when a comment asks to look away', async () => {
    expect(
      await rulesBroken(
        'shared/result.ts',
        '/** Twice a number. */\nexport const twice = (n: number): number => n * 2\n',
      ),
    ).toEqual([])
    expect(await rulesBroken('shared/result.ts', '/* eslint-disable */\nexport default 1\n')).toContain(
      'no-restricted-syntax',
    )
  })
})

describe('the walls refuse', () => {
  let copy: string
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'guichet-walls-'))
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.js'])
      cpSync(join(root, file), join(copy, file))
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const put = (file: string, text: string): void => {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      writeFileSync(join(copy, file), text)
    }
    put(
      'shared/a.ts',
      "import { d } from '../drivers/card/a.ts'\nimport { join } from 'node:path'\nexport const a = [d, join]\n",
    )
    put('drivers/card/a.ts', "import { w } from '#electron/worker/a.ts'\nexport const d = w\n")
    put(
      'drivers/printer/a.ts',
      "import { d } from '../card/a.ts'\nimport { app } from 'electron'\nexport const p = [d, app]\n",
    )
    put(
      'electron/worker/a.ts',
      "import { p } from '#drivers/printer/a.ts'\nimport Database from 'better-sqlite3'\nexport const w = [p, Database]\n",
    )
    put('electron/main/a.ts', "import { w } from '../worker/a.ts'\nexport const m = w\n")
    put(
      'renderer/features/one/a.ts',
      "import { two } from '../two/a.ts'\nimport { readFileSync } from 'node:fs'\nimport { m } from '#electron/main/a.ts'\nimport { s } from '../../shell/a.ts'\nexport const one = [two, readFileSync, m, s]\n",
    )
    put('renderer/features/two/a.ts', 'export const two = 2\n')
    put('renderer/shell/a.ts', "import { two } from '../features/two/a.ts'\nexport const s = two\n")
    put('renderer/core/a.ts', "import { two } from '../features/two/a.ts'\nexport const c = two\n")
    put('renderer/core/i18n/a.ts', "import { c } from '../a.ts'\nexport const i = c\n")
    put('renderer/ui/a.ts', "import { two } from '../features/two/a.ts'\nexport const u = two\n")
    put('electron/worker/acts/rows/queue.ts', 'export const q = 1\n')
    put('electron/worker/features/one.ts', "import { q } from '../acts/rows/queue.ts'\nexport const f = q\n")
    put('electron/worker/c.ts', "import { e } from './e.ts'\nexport const c = (): number => e()\n")
    put(
      'electron/worker/e.ts',
      "import { c } from './c.ts'\nimport { gone } from './gone.ts'\nimport fc from 'fast-check'\nexport const e = (): number => c() + Number(gone) + Number(fc)\n",
    )
  })
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true })
  })

  test('each crossing by its name', () => {
    const cruise = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.js',
        '--output-type',
        'json',
        'shared',
        'drivers',
        'electron',
        'renderer',
      ],
      { cwd: copy, encoding: 'utf8' },
    )
    const said = JSON.parse(cruise.stdout) as { summary: { violations: { rule: { name: string } }[] } }
    const broken = new Set(said.summary.violations.map((violation) => violation.rule.name))
    expect([...broken].sort()).toEqual([
      'acts-through-one-door',
      'core-knows-no-feature',
      'driver-families-apart',
      'drivers-import-shared',
      'drivers-only-where-composed',
      'electron-only-in-main',
      'features-apart',
      'features-know-no-shell',
      'no-cycles',
      'no-development-parts',
      'processes-apart',
      'renderer-imports-shared',
      'renderer-no-node',
      'resolvable',
      'shared-no-platform',
      'shared-stands-alone',
      'shell-knows-no-feature',
      'sql-only-in-store',
      'ui-is-dumb',
      'words-know-no-core',
    ])
    const gate = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.js',
        'shared',
      ],
      { cwd: copy },
    )
    expect(gate.status).not.toBe(0)
  })
})

test('unused code is refused: a file, an export, a dependency', () => {
  const copy = mkdtempSync(join(tmpdir(), 'guichet-unused-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    mkdirSync(join(copy, 'shared'))
    writeFileSync(
      join(copy, 'package.json'),
      JSON.stringify({ name: 'copy', type: 'module', dependencies: { zod: '*', uuid: '*' } }),
    )
    cpSync(join(root, 'knip.json'), join(copy, 'knip.json'))
    writeFileSync(join(copy, 'shared/used.test.ts'), "import { used } from './used.ts'\nused()\n")
    writeFileSync(
      join(copy, 'shared/used.ts'),
      "import { z } from 'zod'\nexport const used = () => z\nexport const nobody = 1\n",
    )
    writeFileSync(join(copy, 'shared/alone.ts'), 'export const alone = 1\n')
    const knip = spawnSync(process.execPath, [join(root, 'node_modules/knip/bin/knip.js'), '--reporter', 'json'], {
      cwd: copy,
      encoding: 'utf8',
    })
    const found = JSON.stringify(JSON.parse(knip.stdout))
    for (const name of ['shared/alone.ts', 'nobody', 'uuid']) expect(found).toContain(name)
    expect(found).not.toContain('"name":"used"')
    expect(knip.status).not.toBe(0)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
})
