#!/usr/bin/env node
// Stands in for fpm, which electron-builder would download: the arguments that it passes for a Debian package, given to
// dpkg-deb.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { stageDebian } from './debian.mjs'

const repeated = { '-d': 'depends', '--deb-recommends': 'recommends' }
const flags = new Set(['--force', '--debug'])
const options = { depends: [], recommends: [] }
const contents = []
for (const rest = process.argv.slice(2); rest.length > 0;) {
  const argument = rest.shift()
  if (flags.has(argument)) continue
  if (!argument.startsWith('-')) contents.push(argument)
  else if (repeated[argument]) options[repeated[argument]].push(rest.shift())
  else options[argument] = rest.shift()
}
if (options['-s'] !== 'dir' || options['-t'] !== 'deb') throw new Error('only -s dir -t deb is known here')

const sizeOf = (path) => {
  const found = lstatSync(path)
  return found.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : found.size
}
/** Only the first letter's paragraph rule of Debian: lines after the first begin with a space, empty ones are a dot. */
const paragraph = (text) =>
  text
    .trim()
    .split('\n')
    .map((line, index) => (index === 0 ? line.trim() : ` ${line.trim() || '.'}`))
    .join('\n')

const stage = mkdtempSync(join(tmpdir(), 'guichet-deb-'))
try {
  for (const content of contents) {
    const [, source, target] = /^(.*)=(\/.*)$/.exec(content) ?? []
    if (source === undefined) throw new Error(`not source=target: ${content}`)
    const destination = join(stage, target)
    mkdirSync(dirname(destination), { recursive: true })
    if (statSync(source).isDirectory()) cpSync(source, destination, { recursive: true, verbatimSymlinks: true })
    else copyFileSync(source, target.endsWith('/') ? join(destination, basename(source)) : destination)
  }
  // Its own scripts stand in for those of electron-builder, which make the command a link to the window.
  stageDebian(stage, {
    name: options['--name'],
    version: options['--version'],
    maintainer: options['--maintainer'],
    at: new Date(),
  })
  const control = {
    Package: options['--name'],
    Version: options['--version'],
    Architecture: options['--architecture'],
    Maintainer: options['--maintainer'],
    'Installed-Size': Math.ceil(sizeOf(stage) / 1024),
    Depends: options.depends.join(', '),
    Recommends: options.recommends.join(', '),
    Section: options['--category'] ?? 'misc',
    Priority: options['--deb-priority'] ?? 'optional',
    Homepage: options['--url'],
    Description: paragraph(options['--description']),
  }
  const lines = Object.entries(control)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
  writeFileSync(join(stage, 'DEBIAN/control'), lines.join(''))
  chmodSync(stage, 0o755)
  // gz is asked for by test builds: fast before small.
  const compression = options['--deb-compression'] === 'gz' ? ['-Zgzip', '-z1'] : ['-Zxz']
  execFileSync('dpkg-deb', ['--root-owner-group', ...compression, '--build', stage, options['--package']], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
} finally {
  rmSync(stage, { recursive: true, force: true })
}
