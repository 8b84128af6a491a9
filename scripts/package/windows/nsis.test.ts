import fc from 'fast-check'
import { expect, test } from 'vitest'
import { machineSettings } from '#shared/domain/machineSettings.ts'
import type { Content } from './content.ts'
import { nsisSource } from './nsis.ts'

test('each setting of the machine is taken from the command line, once', () => {
  const source = nsisSource({ folders: [], version: '1.0.0' }, 'guichet-setup.exe')
  expect([...source.matchAll(/insertmacro take (\w+) `--set "(\w+)=\$R1 "`/g)].map((found) => found.slice(1))).toEqual(
    Object.keys(machineSettings).map((name) => [name.toUpperCase(), name]),
  )
})

const name = fc.stringMatching(/^[a-z$][a-z$ .&]{0,6}[a-z]$/)
/** A file is not called as a folder beside it. */
const file = name.map((one) => `${one}~`)
const folders: fc.Arbitrary<Content['folders']> = fc
  .uniqueArray(fc.tuple(name, fc.uniqueArray(file)), { selector: ([folder]) => folder })
  .map((all) => {
    let path = ''
    return all.map(([folder, files]) => {
      path = path === '' ? folder : `${path}/${folder}`
      return { path, files }
    })
  })

test('what is brought is taken away by its name, a folder after what is in it, and nothing else', () => {
  fc.assert(
    fc.property(folders, (brought) => {
      const source = nsisSource({ folders: brought, version: '1.0.0' }, 'guichet-setup.exe')
      const away = source.slice(source.indexOf('Section Uninstall'))
      const gone = [...away.matchAll(/^ *(?:Delete|RMDir) "\$INSTDIR\\(.*)"$/gm)]
        .map(([, path = '']) => path.replaceAll('$$', '$').replaceAll('\\', '/'))
        .filter((path) => path !== 'uninstall.exe')
      const paths = brought.flatMap(({ path, files }) => [path, ...files.map((one) => `${path}/${one}`)])
      expect([...gone].sort()).toEqual([...paths].sort())
      gone.forEach((path, at) => {
        expect(gone.slice(at + 1).filter((later) => later.startsWith(`${path}/`))).toEqual([])
      })
      expect(away).not.toMatch(/RMDir \/r|\*/)
    }),
  )
})
