import { z } from 'zod'
import { roles, type Role } from '../roles.ts'
import { localised } from '../text.ts'
import { classPlan } from './archive/classPlan.ts'
import { confidentialities, levelOf, type Confidentiality } from './letter.ts'

const listed = z.strictObject({ code: z.string().min(1).max(80), name: localised })
export type Listed = z.infer<typeof listed>

/** Fields of the entry that an office may leave out of its form, or demand. */
export const choosableFields = [
  'reference',
  'letterDate',
  'language',
  'urgency',
  'confidentiality',
  'enclosures',
  'service',
  'recipients',
  'postalNumber',
  'note',
] as const

/** How an office keeps its mail registers (`office.json`); what it leaves out is as in `usualMail`. */
export const mailOffice = z.strictObject({
  services: z.array(listed).optional(),
  kinds: z.array(listed).optional(),
  instructions: z.array(listed).optional(),
  fields: z.partialRecord(z.enum(choosableFields), z.enum(['hidden', 'shown', 'required'])).optional(),
  /** The classification plan; `usualPlan` where it is left out. */
  plan: classPlan.optional(),
  /** Up to which level a role sees letters; a role that is left out sees those without one. */
  clearance: z.partialRecord(z.enum(roles), z.enum(confidentialities)).optional(),
})
export type MailOffice = z.infer<typeof mailOffice>

const entry = (code: string, fr: string, ar: string): Listed => ({ code, name: { fr, ar } })

/** The usual lists of a bureau d'ordre (usage; no text fixes them): to be proofread by a native official. */
export const usualMail = {
  services: [
    entry('SG', 'Secrétariat général', 'الكتابة العامة'),
    entry('RH', 'Ressources humaines', 'الموارد البشرية'),
    entry('FIN', 'Affaires financières', 'الشؤون المالية'),
    entry('JUR', 'Affaires juridiques', 'الشؤون القانونية'),
    entry('URB', 'Urbanisme', 'التعمير'),
    entry('EC', 'État civil', 'الحالة المدنية'),
    entry('TECH', 'Services techniques', 'المصالح التقنية'),
  ],
  kinds: [
    entry('letter', 'Lettre', 'رسالة'),
    entry('note', 'Note', 'مذكرة'),
    entry('circular', 'Circulaire', 'دورية'),
    entry('request', 'Demande', 'طلب'),
    entry('complaint', 'Réclamation', 'شكاية'),
    entry('information', 'Demande d’information', 'طلب معلومات'),
    entry('invoice', 'Facture ou offre', 'فاتورة أو عرض'),
    entry('minutes', 'Procès-verbal ou rapport', 'محضر أو تقرير'),
    entry('summons', 'Convocation', 'استدعاء'),
    entry('sealed', 'Pli fermé', 'ظرف مغلق'),
  ],
  instructions: [
    entry('attribution', 'Pour attribution', 'للاختصاص'),
    entry('information', 'Pour information', 'للإخبار'),
    entry('opinion', 'Pour avis', 'لإبداء الرأي'),
    entry('study', 'Pour étude', 'للدراسة'),
    entry('action', 'Pour suite à donner', 'لاتخاذ اللازم'),
    entry('speak', 'M’en parler', 'للتحدث معي'),
    entry('reply', 'Préparer une réponse', 'لتهييء الجواب'),
    entry('file', 'À classer', 'للحفظ'),
  ],
  clearance: { agent: 'restricted', mailClerk: 'secret', supervisor: 'secret', auditor: 'secret' },
} as const satisfies MailOffice

/** The levels that somebody with these roles may see: all up to his highest. */
export function clearanceOf(office: MailOffice | undefined, held: readonly Role[]): number {
  const table: Partial<Record<Role, Confidentiality>> = office?.clearance ?? usualMail.clearance
  return Math.max(...held.map((role) => levelOf(table[role] ?? 'none')), 0)
}
