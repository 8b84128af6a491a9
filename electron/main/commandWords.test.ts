import { expect, test } from 'vitest'
import { commandEnvironment, commandWords } from './commandWords.ts'

test('a command is what stands behind the switch and its two dashes', () => {
  const program = ['/opt/Guichet/guichet', '--no-sandbox', '--guichet-command', '--']
  expect(commandWords([...program, 'db', 'check', '--json'])).toEqual(['db', 'check', '--json'])
  expect(commandWords([...program, '--version'])).toEqual(['--version'])
  expect(commandWords(['guichet', '--guichet-command', 'doctor'])).toEqual(['doctor'])
  expect(commandWords([...program, 'mrz', '--', '-x'])).toEqual(['mrz', '--', '-x'])
})

test("the machine's settings win", () => {
  const machine = { platform: 'https://platform.example', csca: '/etc/guichet/csca' }
  expect(commandEnvironment({ GUICHET_PLATFORM: 'https://other.example' }, machine, '/opt/x.node')).toEqual({
    GUICHET_PLATFORM: 'https://platform.example',
    GUICHET_CSCA: '/etc/guichet/csca',
    GUICHET_SQLITE_BINDING: '/opt/x.node',
  })
})
