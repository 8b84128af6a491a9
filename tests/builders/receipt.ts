import { receiptFacts, sealClaims, type ReceiptFacts, type SealClaims } from '#shared/domain/receipt/receipt.ts'

const pieceList = [
  { label: { fr: 'Demande signée', ar: 'طلب موقّع' }, state: 'received' },
  { label: { fr: 'Plan architectural (1/100)', ar: 'التصميم المعماري (1/100)' }, state: 'received' },
  { label: { fr: 'Certificat de propriété', ar: 'شهادة الملكية' }, state: 'obtained' },
  { label: { fr: 'Note de renseignements urbanistiques', ar: 'مذكرة المعلومات التعميرية' }, state: 'received' },
] as const

/** A complete, read-by-card deposit of a synthetic citizen; what is given replaces what is there. */
export function aReceipt(changes: Readonly<Record<string, unknown>> = {}): ReceiptFacts {
  return receiptFacts.parse({
    receiptId: '0193a1f0-0000-7000-8000-000000000001',
    requestId: '0193a1f0-0000-7000-8000-000000000002',
    number: '2026/RAB03-G2/000123',
    counter: 'RAB03-G2',
    authority: [
      { fr: 'Royaume du Maroc', ar: 'المملكة المغربية', zgh: 'ⵜⴰⴳⵍⴷⵉⵜ ⵏ ⵍⵎⵖⵔⵉⴱ' },
      { fr: 'Ministère de l’Intérieur', ar: 'وزارة الداخلية' },
      { fr: 'Commune de Hassan', ar: 'جماعة حسان' },
    ],
    office: { fr: 'Commune de Hassan', ar: 'جماعة حسان' },
    depositedAt: '2026-11-21T09:42:00.000Z',
    zone: 'Africa/Casablanca',
    citizen: {
      familyName: 'EL FASSI BENNANI',
      givenNames: 'Fatima Zahra',
      nativeName: 'فاطمة الزهراء الفاسي بناني',
      identifier: '********456',
      source: 'card',
    },
    capacity: 'self',
    procedure: {
      code: 'URB-PC-01',
      version: '2026.3',
      title: { fr: 'Permis de construire — petit projet', ar: 'رخصة البناء — مشروع صغير' },
    },
    pieces: pieceList,
    complete: true,
    decision: { days: 15, unit: 'calendar', lastDay: '2026-12-06', silence: 'approval' },
    appeal: { authority: { fr: 'gouverneur de la préfecture', ar: 'عامل العمالة' }, days: 30 },
    fee: { centimes: 75_000 },
    agent: { name: 'S. El Amrani', code: 'A012' },
    language: 'ar',
    specimen: false,
    ...changes,
  })
}

/** An incomplete deposit, typed by hand, by a representative. */
export const anIncompleteReceipt = (changes: Readonly<Record<string, unknown>> = {}): ReceiptFacts =>
  aReceipt({
    citizen: {
      familyName: 'VAN DEN BROECK-ÉTIENNE',
      givenNames: 'Jean-Noël',
      source: 'typed',
      typedReason: 'cardUnreadable',
      identifier: '*****890',
    },
    capacity: 'representative',
    represented: 'Société Atlas Bâtiment SARL',
    pieces: pieceList.map((piece, at) => ({ ...piece, state: at % 2 === 1 ? 'missing' : piece.state })),
    complete: false,
    decision: undefined,
    completion: { days: 30, lastDay: '2026-12-21' },
    fee: { centimes: 125_000, stampNumber: 'T-2026-00417' },
    ...changes,
  })

/** Twelve pieces, as a real sheet may have. */
export const aTwelvePieceReceipt = (): ReceiptFacts =>
  aReceipt({ pieces: Array.from({ length: 12 }, (_, at) => pieceList[at % 4]) })

/** A receipt that tries the paper: twelve pieces, long names, long titles. */
export const aLongReceipt = (pieces = 12): ReceiptFacts =>
  anIncompleteReceipt({
    citizen: {
      familyName: 'BEN ABDELJALIL EL ALAOUI EL MDAGHRI TOUZANI',
      givenNames: 'Mohammed Abderrahmane Seif-Eddine',
      nativeName: 'محمد عبد الرحمان سيف الدين بن عبد الجليل العلوي المدغري التوزاني',
      identifier: '********456',
      source: 'card',
    },
    procedure: {
      code: 'URB-LOT-114',
      version: '2026.12',
      title: {
        fr: 'Autorisation de création d’un lotissement ou d’un groupe d’habitations en zone soumise à un plan d’aménagement en cours d’homologation',
        ar: 'رخصة إحداث تجزئة عقارية أو مجموعة سكنية داخل منطقة خاضعة لتصميم التهيئة في طور المصادقة عليه من طرف السلطات المختصة',
      },
    },
    pieces: Array.from({ length: pieces }, (_, at) => ({
      label: {
        fr: `Pièce ${String(at + 1)} : dossier technique visé par l’architecte et l’ingénieur spécialisé (3 exemplaires)`,
        ar: `الوثيقة ${String(at + 1)}: الملف التقني المؤشر عليه من طرف المهندس المعماري والمهندس المختص (3 نسخ)`,
      },
      state: at % 4 === 3 ? 'missing' : at % 4 === 2 ? 'obtained' : 'received',
    })),
  })

/** Claims of a seal for the first receipt above. */
export const someClaims = (changes: Readonly<Record<string, unknown>> = {}): SealClaims =>
  sealClaims.parse({
    issuer: 'RAB03-G2',
    issuedAt: 1_795_254_120,
    number: '2026/RAB03-G2/000123',
    procedure: 'URB-PC-01',
    citizen: '********456',
    pieces: 4,
    complete: true,
    lastDay: '2026-12-06',
    feeCentimes: 75_000,
    facts: 'a'.repeat(64),
    journal: 'b1'.repeat(32),
    name: 'c2'.repeat(16),
    ...changes,
  })
