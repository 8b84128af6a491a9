import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportWords, importWords } from './carry.ts'
import { languages, readRooms, stateOf, treeOf, wrongIn, writeTable, type Language, type Room } from './tables.ts'
import { readXliff, writeXliff } from './xliff.ts'

const root = join(import.meta.dirname, '../..')
const rooms = readRooms(root)
const every = rooms.flatMap((room) =>
  languages.flatMap((language) => [...room.tables[language]].map(([key, text]) => ({ room, language, key, text }))),
)

describe('the words of the repository', () => {
  it('are those of every room', () => {
    expect(rooms.map((room) => room.folder)).toEqual(
      expect.arrayContaining(['renderer/core/faults', 'renderer/core/words', 'renderer/features/intake/words']),
    )
  })

  it('quote the values that French quotes, and count in the forms of their language', () => {
    const wrong = every.flatMap(({ room, language, key, text }) => {
      const why = wrongIn(language, text, room.tables.fr.get(key) ?? '')
      return why === undefined ? [] : [`${room.folder} ${language} ${key}: ${why}`]
    })
    expect(wrong).toEqual([])
  })

  it('are complete in Arabic and English, and Arabic has words of its own everywhere', () => {
    for (const room of rooms) {
      expect(stateOf(room, 'ar'), room.folder).toEqual({ missing: [], untouched: [] })
      expect(stateOf(room, 'en').missing, room.folder).toEqual([])
    }
  })

  it('write Arabic in Arabic letters', () => {
    for (const { language, key, text } of every)
      if (language === 'ar') expect(text.replace(/\{\w+\}/gu, ''), key).toMatch(/[\u0600-\u06ff]|^[^a-z]*$/u)
  })

  it('stand in the order of French, as the import writes them', () => {
    for (const room of rooms)
      for (const language of languages) {
        const table = room.tables[language]
        const text = readFileSync(join(root, room.folder, `${language}.json`), 'utf8')
        expect(text, `${room.folder} ${language}`).toBe(`${JSON.stringify(treeOf(room.french, table), null, 2)}\n`)
      }
  })
})

describe('a text against the French one', () => {
  it.each([
    ['ar', 'بقي {n} | واحد', '{n} reste | {n} restent', '2 plural forms where ar has 6'],
    ['en', '{n} left', '{n} reste | {n} restent', '1 plural forms where en has 2 or 3'],
    ['en', 'one | two', 'un seul', '" | " parts plural forms'],
    ['en', 'By {agnet}', 'Par {agent}', 'the place {agnet} is not in the French text'],
    ['en', 'By somebody', 'Par {agent}', 'the place {agent} is missing'],
    ['en', 'By {agent', 'Par {agent}', 'the place {agent} is missing'],
    ['en', 'By {agent}}', 'Par {agent}', 'a brace stands alone'],
  ] as const)('in %s, %j for %j is refused', (language, text, french, why) => {
    expect(wrongIn(language, text, french)).toContain(why)
  })

  it('may say a number in words', () => {
    expect(wrongIn('ar', 'لا شيء | واحد | اثنان | {n} | {n} | {n}', '{n} reste | {n} restent')).toBeUndefined()
  })
})

/** Whatever may stand in XML 1.0, with what is hard: marks of direction, entities, brackets, line ends, pairs. */
const hard = [
  '&',
  '<',
  '>',
  '"',
  "'",
  ']]>',
  '\u2068',
  '\u2069',
  '\u200f',
  '\u061c',
  '\r',
  '\n',
  '\t',
  '&amp;',
  ' | ',
  '{n}',
  '😀',
  'بناني',
  ' ',
]
const xmlText = fc
  .array(fc.oneof(fc.constantFrom(...hard), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join('').replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''))

describe('XLIFF', () => {
  it('brings back what it took away, whatever the texts', () => {
    const key = fc.stringMatching(/^[a-z]\w{0,5}(\.[a-z]\w{0,5})?$/u)
    const file = fc.record({
      folder: fc.stringMatching(/^[a-z/]{1,12}$/u),
      units: fc.uniqueArray(
        fc.record({
          key,
          source: xmlText,
          target: fc.option(xmlText, { nil: undefined }),
          state: fc.constantFrom('initial' as const, 'translated' as const),
          notes: fc.array(xmlText, { maxLength: 2 }),
        }),
        { selector: (unit) => unit.key, maxLength: 4 },
      ),
    })
    fc.assert(
      fc.property(fc.array(file, { maxLength: 3 }), (files) => {
        const read = readXliff(writeXliff('ar', files))
        expect(read).toMatchObject({ language: 'ar' })
        if ('refused' in read) return
        expect(read.units.map(({ folder, key: id, source, target }) => ({ folder, id, source, target }))).toEqual(
          files.flatMap(({ folder, units }) =>
            units.map((unit) => ({
              folder,
              id: unit.key,
              source: unit.source,
              target: unit.target === '' ? undefined : unit.target,
            })),
          ),
        )
      }),
      { numRuns: 200 },
    )
  }, 30_000)

  it('writes marks of direction so that they are seen', () => {
    expect(
      writeXliff('ar', [
        {
          folder: 'f',
          units: [{ key: 'k', source: '\u2068F2\u2069', target: undefined, state: 'initial', notes: [] }],
        },
      ]),
    ).toContain('&#x2068;F2&#x2069;')
  })

  const around = (inside: string, head = 'version="2.1" srcLang="fr" trgLang="ar"'): string =>
    `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" ${head}>\n<file id="f1" original="f">\n${inside}\n</file></xliff>`
  const unit = (segment: string): string => around(`<unit id="k"><segment>${segment}</segment></unit>`)
  it.each([
    ['half a file', unit('<source>a</source>').slice(0, 150), 3, 'not well-formed'],
    ['an entity of its own', unit('<source>&nbsp;</source>'), 3, 'not well-formed'],
    ['a document type', `<!DOCTYPE xliff [<!ENTITY x "y">]>\n${unit('<source>a</source>')}`, 1, 'document type'],
    ['XLIFF 1.2', '<xliff version="1.2"/>', 1, 'not a file of XLIFF 2'],
    ['another version', around('', 'version="3.0" srcLang="fr" trgLang="ar"'), 1, 'XLIFF 3.0'],
    ['another source', around('', 'version="2.1" srcLang="en" trgLang="ar"'), 1, 'not French'],
    ['an element inside of a text', unit('<source>a</source><target>b<ph id="1"/></target>'), 3, 'inside of a text'],
    ['text between elements', around('stray'), 4, 'outside of source and target'],
    [
      'a cut segment',
      around('<unit id="k"><segment><source>a</source></segment><segment><source>b</source></segment></unit>'),
      3,
      'more than one source',
    ],
  ])('refuses %s, with the line', (_, xml, line, why) => {
    const read = readXliff(xml)
    if (!('refused' in read)) throw new Error('taken')
    expect(read.refused[0]).toMatchObject({ line })
    expect(read.refused.map((one) => one.why).join('\n')).toContain(why)
  })
})

describe('carrying words', () => {
  let copy = ''
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'words-'))
    for (const { folder } of rooms) cpSync(join(root, folder), join(copy, folder), { recursive: true })
  })
  afterEach(() => {
    rmSync(copy, { recursive: true, force: true })
  })
  const bytes = (language: Language): string =>
    rooms.map(({ folder }) => readFileSync(join(copy, folder, `${language}.json`), 'utf8')).join('\n')
  const home = (from: readonly Room[]): Room => {
    const found = from.find(({ folder }) => folder === 'renderer/features/home/words')
    if (found === undefined) throw new Error('no words of the home page')
    return found
  }

  it.each(['ar', 'en', 'zgh'] as const)(
    'there and back changes nothing in %s, and a file written again is the same',
    (language) => {
      const before = bytes(language)
      expect(importWords(copy, readRooms(copy), exportWords(rooms, language))).toEqual({ language, changed: 0 })
      for (const room of rooms) writeTable(copy, room, language, room.tables[language])
      expect(bytes(language)).toBe(before)
    },
  )

  it('takes what a reader changed and added, and nothing else', () => {
    const xml = exportWords(rooms, 'zgh').replace(
      />Ma journée<\/source>/u,
      '>Ma journée</source><target>ⴰⵙⵙ ⵉⵏⵓ &amp; &#x2068;x&#x2069;</target>',
    )
    expect(importWords(copy, readRooms(copy), xml)).toEqual({ language: 'zgh', changed: 1 })
    expect([...home(readRooms(copy)).tables.zgh]).toEqual([['title', 'ⴰⵙⵙ ⵉⵏⵓ & \u2068x\u2069']])
  })

  it.each([
    [
      'a key that nobody knows',
      (xml: string) => xml.replace('<unit id="title">', '<unit id="titel">'),
      'titel is not a key of',
    ],
    [
      'a folder that is not there',
      (xml: string) => xml.replace('original="renderer/core/words"', 'original="renderer/x"'),
      'there are no words in renderer/x',
    ],
    [
      'a place that was translated',
      (xml: string) => xml.replace(/(<target[^>]*>[^<]*)\{when\}/u, '$1{متى}'),
      'the place {when} is missing',
    ],
    [
      'plural forms that were dropped',
      (xml: string) => xml.replace(/(<target[^>]*>[^<]*?) \| [^<]*</u, '$1<'),
      '1 plural forms where ar has 6',
    ],
    [
      'a key that stands twice',
      (xml: string) => xml.replace(/<unit id="title">.*?<\/unit>/su, '$&$&'),
      'title stands twice',
    ],
    [
      'French of another day',
      (xml: string) => xml.replace('>Ma journée<', '>Mon jour<'),
      'the French text has changed',
    ],
    ['French itself', (xml: string) => xml.replace('trgLang="ar"', 'trgLang="fr"'), 'no words are kept in "fr"'],
  ])('refuses %s with its line and writes nothing', (_, spoil, why) => {
    const before = bytes('ar')
    // One text is changed too: it must not be written either.
    const xml = spoil(exportWords(rooms, 'ar')).replace('>إلغاء</target>', '>إلغاء الكل</target>')
    const taken = importWords(copy, readRooms(copy), xml)
    if (!('refused' in taken)) throw new Error('taken')
    expect(taken.refused.map((one) => one.why).join('\n')).toContain(why)
    const lines = xml.split('\n')
    for (const { line, why: said } of taken.refused)
      if (!said.includes('kept in')) expect(lines[line - 1]).toContain('<unit id=')
    expect(bytes('ar')).toBe(before)
  })
})
