/**
 * Days and years that are written in words, as keys (`keyText`), in French and in Arabic: notaries, bailiffs and whoever
 * writes with ceremony. Each word adds to what stands before it; a few multiply it.
 */
const units: readonly string[] = [
  'un une premier فاتح الاول الحادي احد احدي واحد واحده',
  'deux الثاني اثنين اثنان اثنتين اثنتان اثني اثنا',
  'trois الثالث ثلاث ثلاثه',
  'quatre الرابع اربع اربعه',
  'cinq الخامس خمس خمسه',
  'six السادس ست سته',
  'sept السابع سبع سبعه',
  'huit الثامن ثمان ثماني ثمانيه',
  'neuf التاسع تسع تسعه',
  'dix العاشر عشر عشره',
  'onze',
  'douze',
  'treize',
  'quatorze',
  'quinze',
  'seize',
]
const tens: readonly (readonly [number, string])[] = [
  [20, 'vingt vingts عشرين عشرون العشرين العشرون'],
  [30, 'trente ثلاثين ثلاثون الثلاثين الثلاثون'],
  [40, 'quarante اربعين اربعون'],
  [50, 'cinquante خمسين خمسون'],
  [60, 'soixante ستين ستون'],
  [70, 'سبعين سبعون'],
  [80, 'ثمانين ثمانون'],
  [90, 'تسعين تسعون'],
  [100, 'cent cents'],
  [1000, 'mille mil'],
  [2000, 'الفين الفان'],
]
const values = new Map(
  [...units.map((names, index) => [index + 1, names] as const), ...tens].flatMap(([value, names]) =>
    names.split(' ').map((name) => [name, value] as const),
  ),
)
const word = `(?:${[...values.keys()].sort((one, other) => other.length - one.length).join('|')})`

/** One number in words, for a pattern over keys. */
export const numberWords = String.raw`${word}(?:[\s-]+(?:et[\s-]+|و\s?)?${word})*(?!\p{L})`

/** The value of what `numberWords` found: `quatre-vingt-six` 86, `deux mille vingt-six` 2026, الخامس والعشرين 25. */
export function numberInWords(text: string): number {
  let [total, last] = [0, 0]
  for (const said of text.split(/[\s-]+/u)) {
    const value = values.get(said) ?? values.get(said.replace(/^و/u, ''))
    if (value === undefined) continue
    const times = /^(?:cents?|mille?|vingts?)$/u.test(said) && last > 0 && (last === 4 || value > 20)
    total += times ? last * value - last : value
    last = times ? last * value : value
  }
  return total
}
