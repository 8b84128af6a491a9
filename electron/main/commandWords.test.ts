import { expect, test } from 'vitest'
import { commandEnvironment, commandWords } from './commandWords.ts'

test('a command is what stands behind the switch and its two dashes', () => {
  const program = ['/opt/Guichet/guichet', '--no-sandbox', '--guichet-command', '--']
  expect(commandWords([...program, 'db', 'check', '--json'])).toEqual(['db', 'check', '--json'])
  expect(commandWords([...program, '--version'])).toEqual(['--version'])
  expect(commandWords(['guichet', '--guichet-command', 'doctor'])).toEqual(['doctor'])
  expect(commandWords([...program, 'mrz', '--', '-x'])).toEqual(['mrz', '--', '-x'])
})

test("the machine's settings win: whoever types a command is not who says what is believed", () => {
  const own = { csca: '/etc/guichet/csca', trust: '/etc/guichet/trust', plugins: '/etc/guichet/plugins.json' }
  const typed = { GUICHET_PLATFORM: 'https://other.example', GUICHET_TRUST: '/home/desk/roots' }
  expect(commandEnvironment(typed, { platform: 'https://platform.example', ...own }, '/opt/x.node')).toEqual({
    GUICHET_PLATFORM: 'https://platform.example',
    GUICHET_CSCA: own.csca,
    GUICHET_TRUST: own.trust,
    GUICHET_PLUGINS: own.plugins,
    GUICHET_SQLITE_BINDING: '/opt/x.node',
  })
  expect(commandEnvironment({ ...typed, GUICHET_CSCA: '/home/desk' }, {}, undefined)).toEqual({
    GUICHET_PLATFORM: typed.GUICHET_PLATFORM,
  })
})
