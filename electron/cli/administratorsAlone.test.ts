import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#tests/builders/register.ts'
import { administratorsAlone } from './administratorsAlone.ts'

/** A Windows whose `icacls.exe` notes what it is asked, and answers so. Nobody has tried the real one. */
function windows(answer: number) {
  const folder = temporaryFolder()
  const asked = join(folder.path, 'asked')
  mkdirSync(join(folder.path, 'System32'))
  const script = `#!/bin/sh\necho "$@" >> '${asked}'\nexit ${String(answer)}\n`
  writeFileSync(join(folder.path, 'System32/icacls.exe'), script, { mode: 0o755 })
  const remove = (): void => {
    folder.remove()
  }
  return { SystemRoot: folder.path, asked: () => readFileSync(asked, 'utf8').trim().split('\n'), remove }
}

test('the folder is taken from whoever made it before others may only read it', () => {
  const machine = windows(0)
  expect(administratorsAlone('G', { SystemRoot: machine.SystemRoot })).toEqual({ ok: true, value: undefined })
  expect(machine.asked()).toEqual([
    'G /setowner *S-1-5-32-544',
    'G /inheritance:r /grant:r *S-1-5-32-544:(OI)(CI)F *S-1-5-18:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX',
  ])
  machine.remove()
})

test('where that is refused nothing is written', () => {
  const machine = windows(5)
  expect(administratorsAlone('G', { SystemRoot: machine.SystemRoot })).toMatchObject({
    ok: false,
    fault: { code: 'file.unwritable' },
  })
  expect(machine.asked()).toHaveLength(1)
  machine.remove()
})
