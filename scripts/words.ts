import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { asTarget, exportWords, importWords } from './words/carry.ts'
import { languages, readRooms, stateOf, wrongIn } from './words/tables.ts'

const usage = `npm run words                                      what is missing, untouched or wrong, by language
npm run words -- export --language ar --out FILE.xlf   XLIFF 2.1 for a native reader
npm run words -- import FILE.xlf                       takes it back, all or nothing`

const root = `${import.meta.dirname}/..`
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string' }, out: { type: 'string' } },
})
const [command, file] = positionals
const rooms = readRooms(root)

function report(): boolean {
  let sound = true
  for (const language of languages.slice(1)) {
    const states = rooms.map((room) => ({ room, ...stateOf(room, language) }))
    const count = (part: 'missing' | 'untouched'): number => states.reduce((sum, state) => sum + state[part].length, 0)
    const texts = rooms.reduce((sum, room) => sum + room.tables[language].size, 0)
    console.log(
      `${language}: ${String(texts)} texts, ${String(count('missing'))} missing, ${String(count('untouched'))} untouched`,
    )
    for (const { room, missing, untouched } of states) {
      // Amazigh is confirmed word by word: what it lacks is counted by room.
      if (language === 'zgh' && missing.length > 0)
        console.log(`  missing    ${room.folder}: ${String(missing.length)}`)
      else for (const key of missing) console.log(`  missing    ${room.folder} ${key}`)
      for (const key of untouched)
        console.log(`  untouched  ${room.folder} ${key}: ${room.tables[language].get(key) ?? ''}`)
      for (const [key, text] of room.tables[language]) {
        const french = room.tables.fr.get(key)
        const why = french === undefined ? 'French does not have it' : wrongIn(language, text, french)
        if (why === undefined) continue
        sound = false
        console.log(`  wrong      ${room.folder} ${key}: ${why}`)
      }
    }
  }
  return sound
}

function run(): boolean {
  if (command === undefined) return report()
  const language = asTarget(values.language)
  if (command === 'export' && language !== undefined && values.out !== undefined) {
    writeFileSync(values.out, exportWords(rooms, language))
    return true
  }
  if (command === 'import' && file !== undefined) {
    const taken = importWords(root, rooms, readFileSync(file, 'utf8'))
    if ('refused' in taken) for (const { line, why } of taken.refused) console.error(`${file}:${String(line)}: ${why}`)
    else console.log(`${taken.language}: ${String(taken.changed)} texts changed`)
    return !('refused' in taken)
  }
  console.error(usage)
  return false
}

if (!run()) process.exitCode = 1
