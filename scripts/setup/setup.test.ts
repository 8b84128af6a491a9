import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '#tests/builders/register.ts'
import { root } from '../runtime.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  folder.remove()
})

/** A program of the machine, as a script in a PATH of its own. */
const put = (name: string, script: string): void => {
  mkdirSync(join(folder.path, 'bin'), { recursive: true })
  writeFileSync(join(folder.path, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}
const nothingInstalled = 'exit 0'

/** The part of the set-up that asks Debian, with so much patience in milliseconds; root, or behind a sudo that agrees. */
const setUp = (how = { patience: 300, pause: 100 }) => {
  put('sudo', 'shift\nexec "$@"')
  put('env', 'exec /usr/bin/env "$@"')
  const script = `
    import { installSystemPackages } from ${JSON.stringify(join(root, 'scripts/setup/systemPackages.mjs'))}
    import { sentenceOf } from ${JSON.stringify(join(root, 'scripts/setup/giveUp.mjs'))}
    try { installSystemPackages(['run'], ${JSON.stringify(how)}) }
    catch (cause) { console.error('The set-up stopped: ' + sentenceOf(cause)); process.exitCode = 1 }`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { PATH: join(folder.path, 'bin') },
  })
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
const held = `echo "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (unattended-upgr)" >&2; exit 100`

test('a lock that another program holds is waited for', () => {
  put('dpkg-query', nothingInstalled)
  put('apt-get', `if [ -e ${folder.path}/free ]; then exit 0; fi; : > ${folder.path}/free; ${held}`)
  const ran = setUp({ patience: 10_000, pause: 50 })
  expect(ran.stderr).toContain('Waiting: another program')
  expect(ran.status).toBe(0)
})

const stops: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
  ['a lock that is held too long', { 'apt-get': held }, /another program, process 4711 \(unattended-upgr\), has held/],
  ['no apt-get', {}, /apt-get is not on this machine/],
  [
    'no network',
    { 'apt-get': 'echo "E: Failed to fetch http://depot/x  Could not resolve \'depot\'" >&2; exit 100' },
    /reaches no repository/,
  ],
  [
    'no rights',
    { 'apt-get': 'echo "E: Could not open lock file - open (13: Permission denied)" >&2; exit 100' },
    /may not install Debian packages/,
  ],
  [
    'a package that apt does not know',
    { 'apt-get': 'echo "E: Unable to locate package xvfb" >&2; exit 100' },
    /apt knows no package xvfb/,
  ],
]
test.each(stops)('%s is one sentence, without a stack', (_what, programs, sentence) => {
  put('dpkg-query', nothingInstalled)
  for (const [name, script] of Object.entries(programs)) put(name, script)
  const ran = setUp()
  expect(ran.status).toBe(1)
  expect(lastLine(ran.stderr)).toMatch(sentence)
  expect(ran.stderr).not.toMatch(/^\s+at /m)
})

test('no dpkg-query is one sentence, without a stack', () => {
  const ran = setUp()
  expect(ran.status).toBe(1)
  expect(ran.stderr).toMatch(/^The set-up stopped: dpkg-query is not in PATH[^\n]*\n$/)
})

test.each([
  ['npm error code ECONNREFUSED\nnpm error network request failed', /reaches no registry/],
  ['npm error code EACCES\nnpm error syscall mkdir', /may not write into node_modules/],
  ['npm error code ETARGET\nnpm error notarget No matching version found for x@1', /No matching version found for x@1/],
])('what npm says becomes one sentence: %s', (said, sentence) => {
  const script = `
    import { npmStopped, sentenceOf } from ${JSON.stringify(join(root, 'scripts/setup/giveUp.mjs'))}
    console.log(sentenceOf(npmStopped(${JSON.stringify(said)})))`
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect(ran.stdout).toMatch(sentence)
  expect(ran.stdout.trim().split('\n')).toHaveLength(1)
})
