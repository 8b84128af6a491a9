/** A letter of the morning: what stands on its paper, and what of it belongs into the register. */
export interface MorningLetter {
  readonly party: string
  readonly reference: string
  /** ISO day. */
  readonly date: string
  readonly subject: string
  readonly service: string
  /** As `letterPdf` sets it. */
  readonly lines: readonly string[]
}

const french = [
  ['COMMUNE DE SALÉ', 'Salé'],
  ['PROVINCE DE SETTAT', 'Settat'],
  ['AGENCE NATIONALE DES PORTS', 'Casablanca'],
  ['OFFICE NATIONAL DES AÉROPORTS', 'Nouaceur'],
  ['COMMUNE DE TÉMARA', 'Témara'],
  ['Société ATLAS BÂTIMENT SARL', 'Kénitra'],
  ['UNIVERSITÉ HASSAN PREMIER', 'Settat'],
] as const
const arabic = [
  ['جماعة سلا', 'سلا'],
  ['ولاية جهة الرباط سلا القنيطرة', 'الرباط'],
  ['المحكمة الابتدائية بسلا', 'سلا'],
  ['عمالة تمارة', 'تمارة'],
  ['شركة الأطلس للبناء', 'القنيطرة'],
] as const
const frenchSubjects = [
  'Demande d’avis sur un lotissement',
  'Communication d’un dossier',
  'Programme des réunions du trimestre',
  'Réfection de la voirie communale',
  'Demande de mise à disposition d’une salle',
  'Transport scolaire',
]
const arabicSubjects = [
  'طلب عقد دورة استثنائية',
  'تتبع أشغال تهيئة الطريق',
  'إحصاء التجهيزات المدرسية',
  'مراقبة الأسواق',
]
const services = ['URB', 'SG', 'EC']

const of = <T>(list: readonly [T, ...T[]] | readonly T[], at: number): T => {
  const one = list[at % list.length]
  if (one === undefined) throw new Error('an empty list')
  return one
}
const written = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
    .format(new Date(`${iso}T00:00:00Z`))
    .replaceAll(/[\u200e\u200f]/gu, '')

/**
 * The letters of a morning, the same for a day: two in three French, one in three Arabic, twelve bodies that write again
 * and again, each letter with a reference of its own and a date of the last three weeks.
 * @param today ISO day
 */
export function morningLetters(count: number, today: string): readonly MorningLetter[] {
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.parse(today) - (1 + ((at * 7) % 20)) * 86_400_000).toISOString().slice(0, 10)
    const service = of(services, at)
    const number = `${String(310 + at)}/${date.slice(0, 4)}`
    if (at % 3 === 2) {
      const [party, city] = of(arabic, (at - 2) / 3)
      const subject = of(arabicSubjects, at)
      return {
        party,
        reference: number,
        date,
        subject,
        service,
        lines: [
          ...['المملكة المغربية', party, `عدد : ${number}`, `< ${city} في ${written(date, 'ar-MA')}`, ''],
          ...['^ إلى السيد رئيس الجماعة', '', `الموضوع : ${subject}`, '', 'سلام تام بوجود مولانا الإمام', '~ar'],
        ],
      }
    }
    const [party, city] = of(french, at)
    const subject = of(frenchSubjects, at)
    const reference = number.replace('/', '/SG/')
    return {
      party,
      reference,
      date,
      subject,
      service,
      lines: [
        ...['ROYAUME DU MAROC', party, `N° ${reference}`, `> ${city}, le ${written(date, 'fr-FR')}`, ''],
        ...['> À Monsieur le Président', '', `Objet : ${subject}`, '', 'Monsieur le Président,', '~fr'],
      ],
    }
  })
}
