import sax, { type Tag } from 'sax'

/** XLIFF 2.1 (OASIS, 13 February 2018) keeps the namespace of 2.0. */
const namespace = 'urn:oasis:names:tc:xliff:document:2.0'

/** One text on its way to a reader or back. */
export interface Unit {
  readonly key: string
  readonly source: string
  /** Undefined while nobody has written it. */
  readonly target: string | undefined
  readonly state: 'initial' | 'translated'
  readonly notes: readonly string[]
}
/** The texts of one folder of words. */
export interface UnitFile {
  readonly folder: string
  readonly units: readonly Unit[]
}

/** What cannot stand in XML 1.0 at all: control characters but tab and line ends, halves of pairs, U+FFFE and U+FFFF. */
const impossible = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' }

/** A text for an element or an attribute. Marks of direction are written as numbers, so that an editor shows them. */
function escaped(text: string): string {
  if (impossible.test(text)) throw new TypeError(`no XML can hold ${JSON.stringify(text)}`)
  return text
    .replace(/[&<>"\r]/gu, (mark) => marks[mark] ?? mark)
    .replace(/[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, (mark) => {
      return `&#x${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase()};`
    })
}

/**
 * Writes texts as XLIFF 2.1: French is the source, the key is the id of the unit, the folder stands in `original`.
 * @param language of the targets
 */
export function writeXliff(language: string, files: readonly UnitFile[]): string {
  const unit = ({ key, source, target, state, notes }: Unit): string[] => [
    `    <unit id="${escaped(key)}">`,
    ...(notes.length === 0
      ? []
      : ['      <notes>', ...notes.map((one) => `        <note>${escaped(one)}</note>`), '      </notes>']),
    `      <segment state="${state}">`,
    `        <source xml:space="preserve">${escaped(source)}</source>`,
    ...(target === undefined ? [] : [`        <target xml:space="preserve">${escaped(target)}</target>`]),
    '      </segment>',
    '    </unit>',
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff xmlns="${namespace}" version="2.1" srcLang="fr" trgLang="${escaped(language)}">`,
    ...files.flatMap(({ folder, units }, index) => [
      `  <file id="f${String(index + 1)}" original="${escaped(folder)}">`,
      ...units.flatMap(unit),
      '  </file>',
    ]),
    '</xliff>',
    '',
  ].join('\n')
}

/** A text as it came back. */
export interface Returned {
  readonly folder: string
  readonly key: string
  readonly source: string
  readonly target: string | undefined
  /** From 1, where the unit begins. */
  readonly line: number
}
/** Why a file is not taken, with the line, from 1. */
export interface Refusal {
  readonly line: number
  readonly why: string
}

/** The elements of XLIFF 2.1 that are read or skipped with all that they hold, by the element they may stand in. */
const children: Readonly<Record<string, readonly string[]>> = {
  '': ['xliff'],
  xliff: ['file'],
  file: ['unit', 'notes', 'skeleton'],
  unit: ['segment', 'notes', 'originalData'],
  segment: ['source', 'target'],
}
const skipped = new Set(['notes', 'skeleton', 'originalData'])

/** Reads XLIFF strictly: what is not understood is refused with its line, never guessed. Elements of modules are skipped. */
export function readXliff(
  xml: string,
): { language: string; units: readonly Returned[] } | { refused: readonly Refusal[] } {
  const parser = sax.parser(true, { xmlns: true, position: true, strictEntities: true })
  const refused: Refusal[] = []
  const units: Returned[] = []
  const path: string[] = []
  let language = ''
  let folder = ''
  let unit: { key: string; line: number; source?: string; target?: string } | undefined
  let skipping = 0
  const refuse = (why: string): void => {
    refused.push({ line: parser.line + 1, why })
  }
  const text = (piece: string): void => {
    if (skipping > 0) return
    const inside = path.at(-1)
    if ((inside === 'source' || inside === 'target') && unit !== undefined)
      unit[inside] = `${unit[inside] ?? ''}${piece}`
    else if (piece.trim() !== '')
      refuse(`text stands outside of source and target: ${JSON.stringify(piece.trim().slice(0, 40))}`)
  }
  const open = (tag: Tag): void => {
    const value = (name: string): string => tag.attributes[name]?.value ?? ''
    if (tag.local === 'xliff') {
      language = value('trgLang')
      if (!/^2\.[01]$/u.test(value('version'))) refuse(`XLIFF ${value('version')} is not read, 2.0 and 2.1 are`)
      if (value('srcLang') !== 'fr') refuse('the source is not French (srcLang="fr")')
    } else if (tag.local === 'file') folder = value('original')
    else if (tag.local === 'unit') unit = { key: value('id'), line: parser.line + 1 }
    else if ((tag.local === 'source' || tag.local === 'target') && unit !== undefined) {
      if (unit[tag.local] !== undefined)
        refuse(`${unit.key} has more than one ${tag.local}: its segments were cut or joined`)
      unit[tag.local] = ''
    }
  }
  parser.onopentag = (tag) => {
    const inside = path.at(-1) ?? ''
    path.push(tag.local)
    if (skipping > 0 || tag.uri !== namespace || skipped.has(tag.local)) {
      if (skipping === 0 && (inside === 'source' || inside === 'target'))
        refuse(`<${tag.name}> stands inside of a text`)
      else if (path.length === 1) refuse('this is not a file of XLIFF 2')
      skipping += 1
      return
    }
    if (!(children[inside] ?? []).includes(tag.local))
      refuse(
        inside === 'source' || inside === 'target'
          ? `<${tag.name}> stands inside of a text`
          : `<${tag.name}> may not stand here`,
      )
    open(tag)
  }
  parser.onclosetag = () => {
    const local = path.pop()
    if (skipping > 0) {
      skipping -= 1
      return
    }
    if (local !== 'unit' || unit === undefined) return
    const { key, line, source, target } = unit
    if (source === undefined) refuse(`${key} has no source`)
    units.push({ folder, key, line, source: source ?? '', target: target === '' ? undefined : target })
    unit = undefined
  }
  parser.ontext = text
  parser.oncdata = text
  parser.ondoctype = () => {
    refuse('a document type may not stand here')
  }
  parser.onerror = (error) => {
    refuse(`not well-formed: ${error.message.split('\n')[0] ?? ''}`)
    throw error
  }
  try {
    parser.write(xml).close()
  } catch {
    if (refused.length === 0) refuse('not well-formed')
  }
  return refused.length > 0 ? { refused } : { language, units }
}
