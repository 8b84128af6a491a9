import type { StopReason } from '#shared/domain/mail/stackRules.ts'
import type { Confidentiality } from '#shared/domain/mail/letter.ts'
import type { LetterNote, Proposals } from '#shared/domain/mail/proposal/reading.ts'

/** A letter of the stack of the demonstration: its pages, what its sheet says, what is read in it. */
export interface DemoPaper {
  readonly pages: number
  readonly blank?: boolean
  readonly service?: string
  readonly level?: Confidentiality
  readonly label?: string
  readonly numbers?: readonly string[]
  readonly foreign?: readonly string[]
  readonly stop?: { readonly at: number; readonly why: StopReason }
  /** The sheet before it cannot be read. */
  readonly torn?: boolean
  readonly read: Proposals
  readonly notes?: readonly LetterNote[]
  readonly lines: readonly string[]
}
const p = (value: string, confidence: number) => ({ value, confidence })
const label = (n: number): string => `2026/RAB03-M1/L-${String(n).padStart(6, '0')}`

/** A stack of one morning, in French and Arabic; dates are near the day of the demonstration. */
export const demoPapers = (day: (ago: number) => string): readonly DemoPaper[] => [
  {
    pages: 2,
    service: 'SG',
    label: label(141),
    read: {
      sender: p('Wilaya de Rabat-Salé-Kénitra', 0.98),
      reference: p('WRSK/SG/4533', 0.91),
      date: p(day(2), 0.95),
      subject: p('Circulaire : organisation de la campagne d’hiver', 0.88),
    },
    lines: ['WILAYA DE RABAT-SALÉ-KÉNITRA', 'Réf. : WRSK/SG/4533', 'Objet : campagne d’hiver'],
  },
  {
    pages: 1,
    blank: true,
    service: 'FIN',
    label: label(142),
    read: {
      sender: p('Trésorerie préfectorale', 0.97),
      reference: p('TP/61/2026', 0.9),
      date: p(day(1), 0.93),
      subject: p('Bordereau de mandats n° 61', 0.92),
    },
    lines: ['TRÉSORERIE PRÉFECTORALE', 'Réf. : TP/61/2026', 'Objet : bordereau de mandats n° 61'],
  },
  {
    pages: 2,
    service: 'JUR',
    label: label(143),
    read: {
      sender: p('المحكمة الإدارية بالرباط', 0.94),
      reference: p('7110/2026/318', 0.86),
      date: p(day(3), 0.9),
      subject: p('استدعاء لجلسة 14 دجنبر', 0.84),
    },
    lines: ['المملكة المغربية', 'المحكمة الإدارية بالرباط', 'الموضوع: استدعاء لجلسة 14 دجنبر'],
  },
  {
    pages: 3,
    service: 'URB',
    label: label(144),
    numbers: ['2026/RAB03-M1/D-000868'],
    read: {
      sender: p('Agence urbaine de Rabat-Salé', 0.98),
      reference: p('AU/2026/1187', 0.91),
      date: p(day(3), 0.95),
      subject: p('Note de renseignements urbanistiques, dossier PC-2026-0412', 0.74),
    },
    lines: ['AGENCE URBAINE DE RABAT-SALÉ', 'Réf. : AU/2026/1187', 'Objet : note de renseignements, PC-2026-0412'],
  },
  {
    pages: 2,
    torn: true,
    read: { subject: p('Plan de situation', 0.38) },
    notes: ['hardToRead'],
    lines: ['PLAN DE SITUATION', 'Échelle 1/2000'],
  },
  {
    pages: 1,
    blank: true,
    service: 'URB',
    label: label(145),
    read: {
      sender: p('Cabinet Naciri, avocats', 0.81),
      date: p(day(40), 0.42),
      subject: p('Demande de communication de pièces', 0.79),
    },
    notes: ['dateOld'],
    lines: ['CABINET NACIRI, AVOCATS', 'Objet : demande de communication de pièces'],
  },
  {
    pages: 1,
    blank: true,
    service: 'SG',
    level: 'confidential',
    read: { sender: p('Inspection générale de l’administration territoriale', 0.66) },
    notes: ['lowResolution'],
    lines: ['INSPECTION GÉNÉRALE', 'CONFIDENTIEL'],
  },
  {
    pages: 3,
    service: 'TECH',
    label: label(146),
    foreign: ['RE123456785MA'],
    stop: { at: 3, why: 'secondLabel' },
    read: {
      sender: p('السيد إدريس الودغيري', 0.77),
      date: p(day(4), 0.82),
      subject: p('شكاية بشأن الإنارة العمومية', 0.8),
    },
    lines: ['السيد إدريس الودغيري', 'الموضوع: شكاية بشأن الإنارة العمومية'],
  },
]
