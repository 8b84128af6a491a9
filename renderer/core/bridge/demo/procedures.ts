import type { Procedure } from '#shared/domain/request/procedure.ts'

const law = [
  {
    text: {
      fr: 'Loi 55-19 relative à la simplification des procédures',
      ar: 'القانون رقم 55.19 المتعلق بتبسيط المساطر',
    },
    source: 'BO 6866',
  },
]
const commune = { fr: 'Commune de Rabat', ar: 'جماعة الرباط' }
const governor = { fr: 'Gouverneur de la préfecture', ar: 'عامل العمالة' }
const shared = {
  legalBasis: law,
  administration: commune,
  completionDays: 30,
  publishedOn: '2026-01-05',
  source: 'https://www.idarati.ma',
} as const

/** Three sheets: one simple, one with pieces held by other administrations, one with long titles. */
export const demoProcedures: readonly Procedure[] = [
  {
    ...shared,
    legalBasis: law,
    code: 'URB-001',
    version: '2026.3',
    category: { fr: 'Urbanisme', ar: 'التعمير' },
    title: {
      fr: 'Permis de construire, petit projet',
      ar: 'رخصة البناء، مشروع صغير',
      en: 'Building permit, small project',
    },
    pieces: [
      { code: 'demande', label: { fr: 'Demande signée', ar: 'طلب موقّع' }, form: 'original', mandatory: true },
      { code: 'plan', label: { fr: 'Plan architectural', ar: 'التصميم المعماري' }, form: 'copy', mandatory: true },
      {
        code: 'propriete',
        label: { fr: 'Certificat de propriété', ar: 'شهادة الملكية' },
        form: 'original',
        mandatory: true,
        obtainedFrom: { fr: 'ANCFCC', ar: 'المحافظة العقارية' },
      },
      {
        code: 'note',
        label: { fr: 'Note de renseignements urbanistiques', ar: 'مذكرة المعلومات التعميرية' },
        form: 'copy',
        mandatory: true,
        obtainedFrom: { fr: 'Agence urbaine', ar: 'الوكالة الحضرية' },
      },
    ],
    fee: { centimes: 75_000 },
    delay: { days: 15, unit: 'calendar' },
    silence: 'approval',
    appeal: { authority: governor, days: 60 },
  },
  {
    ...shared,
    legalBasis: law,
    code: 'ETC-004',
    version: '2026.1',
    category: { fr: 'État civil', ar: 'الحالة المدنية' },
    title: {
      fr: 'Copie intégrale d’acte de naissance',
      ar: 'نسخة كاملة من رسم الولادة',
      en: 'Full copy of a birth record',
    },
    pieces: [
      { code: 'demande', label: { fr: 'Demande signée', ar: 'طلب موقّع' }, form: 'original', mandatory: true },
      {
        code: 'mandat',
        label: { fr: 'Procuration', ar: 'وكالة' },
        form: 'original',
        mandatory: true,
        answeredBy: 'mandate',
        condition: { fr: 'si la personne est représentée', ar: 'إذا كان الشخص ممثلا' },
      },
    ],
    fee: { centimes: 0 },
    delay: { days: 3, unit: 'working' },
    silence: 'appeal',
    appeal: { authority: governor, days: 30 },
  },
  {
    ...shared,
    legalBasis: law,
    code: 'ECO-012',
    version: '2026.2',
    category: { fr: 'Activités économiques', ar: 'الأنشطة الاقتصادية' },
    title: {
      fr: 'Autorisation d’occupation temporaire du domaine public communal liée à un usage commercial, industriel ou professionnel',
      ar: 'رخصة الاحتلال المؤقت للملك العمومي الجماعي المرتبط باستعمال تجاري أو صناعي أو مهني',
    },
    pieces: [
      { code: 'demande', label: { fr: 'Demande signée', ar: 'طلب موقّع' }, form: 'original', mandatory: true },
      {
        code: 'patente',
        label: { fr: 'Attestation d’inscription à la taxe professionnelle', ar: 'شهادة القيد في الرسم المهني' },
        form: 'copy',
        mandatory: true,
      },
      {
        code: 'croquis',
        label: { fr: 'Croquis coté de l’emplacement', ar: 'رسم توضيحي للموقع' },
        form: 'copy',
        mandatory: false,
      },
    ],
    fee: { centimes: 20_000, label: { fr: 'Timbre', ar: 'التنبر' } },
    delay: { days: 30, unit: 'calendar' },
    silence: 'approval',
    appeal: { authority: governor, days: 60 },
  },
  {
    ...shared,
    legalBasis: law,
    code: 'ECO-031',
    version: '2026.1',
    category: { fr: 'Activités économiques', ar: 'الأنشطة الاقتصادية' },
    title: { fr: 'Exploitation d’un établissement classé', ar: 'استغلال مؤسسة مصنفة' },
    pieces: (
      [
        ['demande', 'Demande signée', 'طلب موقّع'],
        ['cni', 'Pièce d’identité du gérant', 'هوية المسير'],
        ['statuts', 'Statuts de la société', 'النظام الأساسي للشركة'],
        [
          'registre',
          'Extrait du registre de commerce',
          'مستخرج السجل التجاري',
          'Tribunal de commerce',
          'المحكمة التجارية',
        ],
        ['ice', 'Attestation ICE', 'شهادة التعريف الموحد', 'DGI', 'المديرية العامة للضرائب'],
        ['bail', 'Bail ou titre de propriété', 'عقد الكراء أو الملكية'],
        ['plan', 'Plan de situation', 'تصميم الموقع'],
        ['coupe', 'Plan coté des locaux', 'تصميم المحلات'],
        ['incendie', 'Avis de la protection civile', 'رأي الوقاية المدنية', 'Protection civile', 'الوقاية المدنية'],
        ['hygiene', 'Avis du bureau d’hygiène', 'رأي مكتب حفظ الصحة'],
        ['bruit', 'Étude de bruit', 'دراسة الضجيج'],
        ['assurance', 'Attestation d’assurance', 'شهادة التأمين'],
      ] as const
    ).map(([code, fr, ar, holder, holderAr], index) => ({
      code,
      label: { fr, ar },
      form: index === 0 ? ('original' as const) : ('copy' as const),
      mandatory: code !== 'bruit',
      ...(holder === undefined ? {} : { obtainedFrom: { fr: holder, ar: holderAr } }),
      ...(code === 'bruit' ? { condition: { fr: 'si activité de nuit', ar: 'إذا كان النشاط ليلا' } } : {}),
    })),
    fee: { centimes: 0 },
    delay: { days: 20, unit: 'working' },
    silence: 'approval',
    appeal: { authority: governor, days: 60 },
  },
]
