import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readRooms, type Language } from './tables.ts'

// One thing has one word in a language, and one is spoken to in one way. What was said otherwise once does not come back.

const rooms = readRooms(join(import.meta.dirname, '../..'))
/** Marks of direction stand around values and foreign names; they part no word. */
const textsIn = (language: Language): readonly (readonly [where: string, text: string])[] =>
  rooms.flatMap(({ folder, tables }) =>
    [...tables[language]].map(
      ([key, text]) => [`${folder} ${key}`, text.replaceAll(/[\u2066-\u2069\u200e\u200f]/gu, '')] as const,
    ),
  )
const saying = (language: Language, pattern: RegExp, but = /^$/u): readonly string[] =>
  textsIn(language).flatMap(([where, text]) => (pattern.test(text) && !but.test(where) ? [`${where}: ${text}`] : []))
/** An Arabic word by itself, with what may be joined in front of it. */
const word = (...forms: readonly string[]): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{M}])(?:[وفبلك]|ال|بال|وال|لل)*(?:${forms.join('|')})(?![\p{L}\p{M}])`, 'u')

describe('French', () => {
  it.each([
    ['responsable', /superviseur/iu],
    ['maintenir', /pass(?:age|és?) outre/iu],
    ['plateforme', /\b(?:du|le|au) centre\b/iu],
    ['Terminer sans dépôt', /^Libérer/u],
    ['à l’instant', /cette minute-ci|depuis 0 min/u],
    ['Sans réseau depuis', /Seul depuis/u],
    ['Données lues il y a', /Référentiel lu/u],
    ['Pièces, or Réponse, au plus tard le', /Dernier jour|^Au plus tard le/u],
    ['N° du document', /N° de la pièce/u],
    ['Preuves du journal', /Ce qui le tient|Sort du papier/u],
    ['la liaison', /la ligne abîme/u],
    ['clé USB', /\bclé de stockage|exportés sur une clé(?! USB)/u],
    ['the apostrophe of print', /\p{L}'\p{L}/u],
  ])('says %s', (_, other) => {
    expect(saying('fr', other)).toEqual([])
  })
})

describe('Arabic', () => {
  it.each([
    ['شريحة', word('رقاقة', 'رقاقات')],
    ['اسم المستعمل', word('اسم (?:الدخول|المستخدم)')],
    ['كلمة المرور', word('كلمة السر')],
    ['نظير', word('نسخ(?:ة)? (?:ال)?مكررة')],
    ['رئيس المصلحة', word('مشرف', 'رئيس القسم')],
    ['المسؤول عن النظام', word('مدير النظام')],
    ['المنوب عنه', /المُناب/u],
    ['مغادرة الشباك', word('إنهاء الخدمة')],
    ['صورة موثقة', word('صورة مطابقة')],
    ['جهة إصدار معروفة', word('مصدر معروف')],
    ['الإبقاء', word('تجاوز الرفض')],
    ['a colon without a space before it', / :/u],
    ['an indefinite word without its tanwin', /ًا|اً/u],
  ])('says %s', (_, other) => {
    expect(saying('ar', other)).toEqual([])
  })

  // A kiosk speaks to whoever comes, in three words that are read in passing; everywhere else a request is المرجو and a noun.
  it('asks for an act by its noun', () => {
    const plural = /(?:^|[.؛:،!] |(?:ثم|أو) )و?\p{L}[\p{L}\p{M}]+وا(?![\p{L}\p{M}])/u
    const singular = word('راجع', 'اضغط', 'قارن', 'أعد', 'افتحها', 'اضبطها', 'ابحث', 'انتظر', 'أدخل', 'اكتب', 'احذف')
    for (const form of [plural, singular]) expect(saying('ar', form, /^renderer\/features\/kiosk\//u)).toEqual([])
  })
})
