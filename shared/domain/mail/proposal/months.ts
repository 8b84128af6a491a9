/**
 * Names of months as keys (`keyText`): French, English, and Arabic as it is written in Morocco, in Algeria and Tunisia,
 * in Egypt and the Gulf, and in the Levant.
 */
const gregorian: readonly string[] = [
  'janvier janv jan january يناير جانفي كانون_الثاني',
  'fevrier fevr fev february فبراير فيفري شباط',
  'mars march مارس اذار',
  'avril avr april ابريل افريل نيسان',
  'mai may ماي مايو ايار',
  'juin june يونيو يونيه جوان حزيران',
  'juillet juil july يوليوز يوليو يوليه جويليه تموز',
  'aout august غشت اغسطس اوت اب',
  'septembre sept september شتنبر سبتمبر ايلول',
  'octobre oct october اكتوبر تشرين_الاول',
  'novembre nov november نونبر نوفمبر تشرين_الثاني',
  'decembre dec december دجنبر ديسمبر كانون_الاول',
]
const inOrder = gregorian.map((names) => names.split(' ').map((name) => name.replace('_', ' ')))
const numbers = new Map(inOrder.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))

/** Letters that are one stroke but for their dots, which a scan loses first: نونبر is read as تونبر. */
const strokes = ['بتثني', 'جحخ', 'دذ', 'رز', 'سش', 'صض', 'طظ', 'عغ', 'فق']
const strokeOf = (letter: string): string => strokes.find((one) => one.includes(letter)) ?? letter
const strokesOf = (name: string): string => [...name].map((letter) => strokeOf(letter)[0]).join('')
/** Below this many letters the strokes of a month are those of other words. */
const leastLetters = 5
const byStrokes = new Map(
  [...numbers].flatMap(([name, month]) => (name.length < leastLetters ? [] : [[strokesOf(name), month] as const])),
)

/** 1 to 12 for the key of a month's name, also where its dots were read wrong. */
export function monthOf(name: string): number | undefined {
  const key = name.replace(/\s+/gu, ' ')
  return numbers.get(key) ?? byStrokes.get(strokesOf(key))
}

const longestFirst = (names: readonly string[]): string =>
  [...names]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(' ', String.raw`\s+`))
    .join('|')

/** A name whose letters may have lost their dots. */
const anyDots = (name: string): string =>
  name.length < leastLetters
    ? name
    : [...name].map((letter) => (strokeOf(letter) === letter ? letter : `[${strokeOf(letter)}]`)).join('')

/** Every name of a month of the civil calendar, for a pattern over keys. */
export const monthNames = longestFirst([...numbers.keys()].map(anyDots))

/** Every name of a month of the Hijri calendar, for a pattern over keys: Arabic, and as it is written in French. */
export const hijriNames = [
  'محرم(?: الحرام)?|صفر(?: الخير)?',
  'ربيع\\s+(?:الاول|الثاني|الاخر|النبوي)',
  'جمادي\\s+(?:الاولي|الاول|الثانيه|الثاني|الاخره|الاخر)',
  'رجب(?: الفرد)?|شعبان(?: المكرم)?|رمضان(?: المعظم| المبارك)?|شوال',
  'ذ[يو]\\s+ال(?:قعده|حجه)',
  'mou?harram|safar|rabi[ia]*(?:\\s+(?:i{1,2}|1|2|al\\S*|attani|aouel|ou?el))?',
  'jou?mada(?:\\s+(?:i{1,2}|1|2|al\\S*|attania|oula))?|r[ae]j[ae]b|chaa?ban[e]?|ramadan[e]?|cha(?:ou|ww?)al',
  "(?:d[h]?ou\\s*)?(?:al|el|l)?[ -]?(?:kaada|qi?'?da|hijja|hijjah)",
].join('|')
