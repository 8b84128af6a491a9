// What makes the package one of Debian's: command, manual page, rule for readers, settings, words about it.
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const here = join(import.meta.dirname, 'debian')
const root = join(import.meta.dirname, '../..')

/** Files that belong to the administrator once they are there: dpkg asks before it changes one. */
export const conffiles = ['/etc/guichet/settings.json']

/** First words of the command line with what they are for, out of the list that the program itself has. */
function commands() {
  const list = readFileSync(join(root, 'electron/cli/groups.ts'), 'utf8')
  return [...list.matchAll(/word: '([a-z]+)',\s*summary: (?:'([^']*)'|"([^"]*)")/g)]
    .filter(([, word]) => word !== 'demo')
    .map(([, word, single, double]) => `.TP\n.B ${word}\n${single ?? double}`)
    .join('\n')
}

/** RFC 5322, as a Debian changelog has it. */
const dated = (at) => at.toUTCString().replace('GMT', '+0000')

const changelog = ({ name, version, maintainer, at }) =>
  `${name} (${version}) stable; urgency=medium\n\n  * What changed for people: /usr/share/doc/${name}/NEWS.md.gz\n\n -- ${maintainer}  ${dated(at)}\n`

/** Puts them into the folder that becomes the package. */
export function stageDebian(stage, about) {
  const put = (target, bytes, mode = 0o644) => {
    const file = join(stage, target)
    // Folders of the package are open to read, whatever the mask of whoever builds it.
    mkdirSync(dirname(file), { recursive: true, mode: 0o755 })
    writeFileSync(file, bytes)
    chmodSync(file, mode)
  }
  const text = (file) => readFileSync(join(here, file))
  const zipped = (bytes) => gzipSync(bytes, { level: 9 })
  const docs = `usr/share/doc/${about.name}`
  put('usr/bin/guichet', text('guichet.sh'), 0o755)
  put('usr/share/man/man1/guichet.1.gz', zipped(text('guichet.1').toString('utf8').replace('@COMMANDS@', commands())))
  put('lib/udev/rules.d/70-guichet-readers.rules', readFileSync(join(root, 'resources/udev/70-guichet-readers.rules')))
  put('etc/guichet/settings.json', text('settings.json'))
  put('usr/share/lintian/overrides/guichet', text('lintian-overrides'))
  put(`${docs}/copyright`, text('copyright'))
  put(`${docs}/changelog.gz`, zipped(changelog(about)))
  put(`${docs}/NEWS.md.gz`, zipped(readFileSync(join(root, 'CHANGELOG.md'))))
  put(`${docs}/administration.md.gz`, zipped(readFileSync(join(root, 'docs/administration.md'))))
  put(`${docs}/examples/guichet-autostart.desktop`, text('autostart.desktop'))
  for (const script of ['postinst', 'postrm']) {
    mkdirSync(join(stage, 'DEBIAN'), { recursive: true })
    copyFileSync(join(here, script), join(stage, 'DEBIAN', script))
    chmodSync(join(stage, 'DEBIAN', script), 0o755)
  }
  writeFileSync(join(stage, 'DEBIAN/conffiles'), conffiles.map((file) => `${file}\n`).join(''))
}
