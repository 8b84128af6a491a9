import type { OldLetterLine } from '#shared/contract/features/mail/views.ts'
import type { LetterRegister, LetterState, TypedLetter } from '#shared/domain/mail/letter.ts'

/** A body of the directory: its name in both scripts, and a short name for the list below. */
export const demoBodies = {
  wilaya: { name: 'Wilaya de Rabat-Salé-Kénitra', nameAr: 'ولاية جهة الرباط سلا القنيطرة' },
  agence: { name: 'Agence urbaine de Rabat-Salé', nameAr: 'الوكالة الحضرية للرباط وسلا' },
  tresor: { name: 'Trésorerie préfectorale', nameAr: 'الخزينة العمالاتية' },
  tribunal: { name: 'Tribunal administratif de Rabat', nameAr: 'المحكمة الإدارية بالرباط' },
  foncier: { name: 'Conservation foncière', nameAr: 'المحافظة العقارية' },
  eau: { name: 'Régie de distribution d’eau et d’électricité', nameAr: 'وكالة توزيع الماء والكهرباء' },
  sante: { name: 'Délégation de la santé', nameAr: 'مندوبية الصحة' },
  ecole: { name: 'Académie régionale d’éducation', nameAr: 'الأكاديمية الجهوية للتربية' },
} as const
type Body = keyof typeof demoBodies

/** A line of the morning: hour, register, sender, subject, and what is not usual of it. */
export interface Told {
  readonly at: string
  /** Days before today. */
  readonly ago?: number
  readonly in?: LetterRegister
  readonly from: Body | { readonly name: string; readonly nameAr?: string }
  readonly subject: string
  readonly more?: Partial<TypedLetter>
  readonly state?: LetterState
  readonly by?: number
  readonly instruction?: string
  readonly cancelled?: string
  /** The slip that its paper left with. */
  readonly slip?: number
}
/** What came on the days before, oldest first. */
export const demoEarlier: readonly Told[] = [
  {
    ago: 12,
    at: '09:12',
    from: 'foncier',
    subject: 'Certificat de propriété, titre foncier 12/8841',
    more: { service: 'URB', reference: 'CF/2026/3310' },
    state: 'answered',
    slip: 401,
  },
  {
    ago: 11,
    at: '10:05',
    from: { name: 'ورثة بنّاني' },
    subject: 'تجديد رُخْصَةِ البِناء عدد 311/2024',
    more: { service: 'URB', kind: 'request', mode: 'hand', language: 'ar' },
    state: 'handedOver',
    by: -3,
    slip: 402,
  },
  {
    ago: 9,
    at: '08:44',
    from: 'wilaya',
    subject: 'Circulaire : permanence des bureaux en décembre',
    more: { kind: 'circular', reference: 'WRSK/SG/4471', service: 'SG' },
    state: 'handedOver',
    slip: 403,
  },
  {
    ago: 8,
    at: '11:30',
    from: { name: 'BENNANI Karim' },
    subject: 'Réclamation : travaux sans permis, rue Oued Ziz',
    more: { kind: 'complaint', service: 'URB', mode: 'hand' },
    state: 'handedOver',
    by: -2,
    slip: 404,
    instruction: 'Pour étude',
  },
  {
    ago: 8,
    at: '11:41',
    in: 'departure',
    from: 'agence',
    subject: 'Note de renseignements urbanistiques, dossier Bennani',
    more: { kind: 'letter', service: 'URB' },
    state: 'registered',
  },
  {
    ago: 7,
    at: '09:20',
    from: 'tribunal',
    subject: 'استدعاء لجلسة 14 دجنبر، ملف 77/2026',
    more: {
      kind: 'summons',
      service: 'JUR',
      urgency: 'veryUrgent',
      language: 'ar',
      mode: 'registered',
      postalNumber: 'RR123456785MA',
    },
    state: 'handedOver',
    by: 4,
    slip: 405,
    instruction: 'Préparer une réponse',
  },
  {
    ago: 6,
    at: '15:02',
    in: 'internal',
    from: { name: 'Ressources humaines' },
    subject: 'Planning des congés de fin d’année',
    more: { service: 'SG', kind: 'note' },
    state: 'handedOver',
    slip: 406,
  },
  {
    ago: 4,
    at: '08:31',
    from: { name: 'Cabinet Naciri, avocats' },
    subject: 'Mise en demeure, affaire 2026/1180',
    more: { confidentiality: 'confidential', service: 'JUR', urgency: 'urgent', mode: 'registered' },
    state: 'routed',
    by: 2,
    instruction: 'M’en parler',
  },
  {
    ago: 4,
    at: '08:52',
    from: { name: 'السيد إدريس الودغيري' },
    subject: 'شكاية بشأن الإنارة العمومية بحي المحيط',
    more: { kind: 'complaint', service: 'TECH', mode: 'hand', language: 'ar' },
    state: 'routed',
    by: -1,
  },
  {
    ago: 3,
    at: '10:17',
    from: 'eau',
    subject: 'Coupure programmée du 4 décembre, avenue Hassan II',
    more: { reference: 'RED/DT/902', service: 'TECH', urgency: 'urgent' },
    state: 'handedOver',
    slip: 411,
  },
  {
    ago: 3,
    at: '10:32',
    from: { name: 'Association Al Amal', nameAr: 'جمعية الأمل' },
    subject: 'Demande d’occupation du domaine public, 12 décembre',
    more: { kind: 'request', service: 'SG', mode: 'email' },
    state: 'routed',
    by: 5,
    instruction: 'Pour avis',
  },
  {
    ago: 3,
    at: '11:08',
    from: 'sante',
    subject: 'Résultats de l’analyse d’eau, école Ibn Tofaïl',
    more: { confidentiality: 'restricted', service: 'TECH', kind: 'minutes' },
    state: 'routed',
  },
]

/** Two lines of the register that was kept before this one. */
export const demoOld: OldLetterLine[] = [
  {
    number: '412/2019',
    register: 'arrival',
    receivedOn: '2019-03-12',
    sender: 'Wilaya de Rabat-Salé-Kénitra',
    subject: 'Recensement des locaux, 2019',
  },
  {
    number: '398/2019',
    register: 'arrival',
    receivedOn: '2019-03-08',
    sender: 'جمعية الأمل',
    subject: 'طلب استعمال القاعة',
    reference: '12/2019',
  },
]
