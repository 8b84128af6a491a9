import type { Content } from 'pdfmake'
import { openEngine, type PdfEngine } from '#electron/press/engine/engine.ts'
import { openFonts } from '#electron/press/engine/fonts.ts'
import { textNode, type Manner } from '#electron/press/engine/setting.ts'
import { resources } from '../worker.ts'

/** What stands in the body of a letter: dates of births, laws and meetings that are not the letter's, numbers that are not its own. */
const bodies: Readonly<Record<string, readonly string[]>> = {
  '~fr': [
    'J’ai l’honneur de vous faire connaître que le dossier cité en objet a été examiné au cours de la réunion tenue le 28 octobre 2026, en application de la loi n° 55-19 promulguée par le dahir n° 1-20-06 du 6 mars 2020.',
    'La période concernée va du 1er au 5 novembre 2026. Monsieur Hassan Tazi, né le 14/09/1975 à Oujda, en assure le suivi ; il reste à votre disposition pour tout renseignement au service n° 4.',
    'Je vous prie de bien vouloir me faire part de votre réponse avant le 15 décembre 2026 et d’agréer l’expression de mes salutations distinguées.',
  ],
  '~ar': [
    'وبعد، علاقة بالموضوع المشار إليه أعلاه، يشرفني أن أحيطكم علما أن الملف عرض على أنظار اللجنة خلال الاجتماع المنعقد بتاريخ 28 أكتوبر 2026 طبقا للقانون رقم 55.19 الصادر بتاريخ 6 مارس 2020.',
    'وفي هذا الإطار كلف السيد حسن التازي المزداد بتاريخ 14/09/1975 بوجدة بتتبع هذا الملف مع المصالح المعنية بالجماعة.',
    'لذا أطلب منكم موافاتي بجوابكم قبل 15 دجنبر 2026، وتفضلوا بقبول فائق التقدير والاحترام، والسلام.',
  ],
}

/** The lines of a letter as plain text: what stands on each, without how it is set. */
export const plainLines = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => bodies[line] ?? line.replace(/^[<>^=] /u, '').replace(' | ', '          '))

const manners: Readonly<Record<string, NonNullable<Manner['alignment']>>> = { '<': 'left', '>': 'right', '^': 'center' }

let engine: PdfEngine | undefined

/** A letter on A4, set by the press: `> ` at the right, `< ` at the left, `^ ` in the middle, `= fr | ar` in two columns. */
export async function letterPdf(lines: readonly string[], size = 11): Promise<Uint8Array> {
  const press = (engine ??= openEngine(openFonts(resources)))
  const { fonts } = press
  let above = 0
  const node = (text: string, alignment?: Manner['alignment']): Content => {
    const side = /^[^\p{L}]*\p{Script=Arabic}/u.test(text) ? 'ar' : 'fr'
    const made = textNode(text, { side, size, above, ...(alignment === undefined ? {} : { alignment }) }, fonts)
    above = 0
    return made
  }
  const content = lines.flatMap((line): Content[] => {
    const body = bodies[line]
    if (body !== undefined)
      return body.map((paragraph) => {
        above = 8
        return node(paragraph)
      })
    if (line === '') {
      above = 14
      return []
    }
    const mark = line.slice(0, 2)
    if (mark === '= ') {
      const [left = '', right = ''] = line.slice(2).split(' | ')
      return [
        {
          columns: [
            { width: '*', stack: [node(left)] },
            { width: '*', stack: [node(right)] },
          ],
        },
      ]
    }
    const alignment = manners[mark.charAt(0)]
    return [mark.endsWith(' ') && alignment !== undefined ? node(line.slice(2), alignment) : node(line)]
  })
  const made = await press.print([
    {
      title: 'courrier',
      size: { width: 595.28, height: 841.89 },
      margins: { left: 56, top: 50, right: 56, bottom: 50 },
      content,
      pages: 1,
    },
  ])
  if (!made.ok) throw new Error(JSON.stringify(made.fault))
  return made.value
}
