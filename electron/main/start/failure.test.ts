import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '#shared/domain/text.ts'
import { readSettingsText } from '#shared/domain/machineSettings.ts'
import { folderTrouble } from './dataFolder.ts'
import { sayStartFailure, tellStartFailure, type StartReason } from './failure.ts'
import { startWords } from './words.ts'

const wrongFile: StartReason = {
  kind: 'settings',
  file: '/etc/guichet/settings.json',
  wrong: [
    ...readSettingsText('{ "training": "yes", "proxy": "http://name:secret@proxy.example/path", "x": 1 }').wrong,
    ...readSettingsText('{').wrong,
    { found: 'writable', right: 'root' },
  ],
}
const reasons: readonly StartReason[] = [
  wrongFile,
  ...(['readOnly', 'otherAccount', 'full', 'gone'] as const).map((trouble): StartReason => ({
    kind: 'folder',
    folder: '/var/lib/guichet',
    trouble,
  })),
  { kind: 'crash', name: 'TypeError' },
]

test.each(languages)('each reason is said in %s, whole, and quotes nothing that was set', (language) => {
  for (const reason of reasons) {
    const said = sayStartFailure(reason, language, '0.1.0')
    expect(said.reasons.length).toBeGreaterThan(0)
    for (const text of [said.title, ...said.reasons, said.safe, said.next, said.again, said.leave]) {
      expect(text).toMatch(/\S/u)
      expect(text).not.toMatch(/[{}]|undefined/u)
    }
    expect(JSON.stringify(said)).not.toContain('secret')
  }
  expect(Object.keys(startWords[language].right)).toEqual(Object.keys(startWords.fr.right))
})

test('each wrong setting is named, with its shape and what is right', () => {
  const { reasons: said } = sayStartFailure(wrongFile, 'en', '0.1.0')
  expect(said[0]).toMatch(/settings\.json.*training.*a text that does not fit.*true or false/u)
  expect(said[2]).toMatch(/x.*no such setting/u)
  expect(tellStartFailure(wrongFile)).toContain('setting training: text, must be switch')
})

test('a folder of another account, a file in its place, a disk that only reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-start-'))
  expect(folderTrouble(join(folder, 'a', 'b'))).toBeUndefined()
  writeFileSync(join(folder, 'file'), '')
  expect(folderTrouble(join(folder, 'file', 'b'))).toBe('gone')
  expect(folderTrouble('/proc/guichet/data')).toBe('gone')
  mkdirSync(join(folder, 'kept'))
  chmodSync(join(folder, 'kept'), 0)
  // Root may do everything: who is not is told.
  expect(folderTrouble(join(folder, 'kept'))).toBe(process.getuid?.() === 0 ? undefined : 'otherAccount')
  chmodSync(join(folder, 'kept'), 0o700)
  rmSync(folder, { recursive: true })
})
