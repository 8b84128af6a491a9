import { z } from 'zod'
import { localised } from '../text.ts'

/** What a person's data may be looked at for: a closed list (law 09-08: the purpose is determined beforehand). */
export const purposes = [
  'deposit',
  'verification',
  'mail',
  'queue',
  'correction',
  'supervision',
  'audit',
  'rights',
] as const
export const purpose = z.enum(purposes)
export type Purpose = z.infer<typeof purpose>

/**
 * How the data came to be seen: a document, what was typed, a stored receipt, a search by document or number, a copy
 * that was handed out, a list of several people, a draft that was taken up again.
 */
export const accessMeans = z.enum(['card', 'typed', 'receipt', 'search', 'copy', 'list', 'draft'])
export type AccessMeans = z.infer<typeof accessMeans>

/**
 * A purpose of an office and the law or decision that allows it, in words; `source` is its short name, as the journal
 * keeps it.
 */
export const groundedPurpose = z.strictObject({ purpose, basis: localised, source: z.string().min(1).max(60) })
export type GroundedPurpose = z.infer<typeof groundedPurpose>

/** What an office declared about personal data (`office.json`). */
export const dataProtection = z.strictObject({
  /** Of its declaration to, or authorisation by, the CNDP; absent where it has none. */
  reference: z.string().min(1).max(80).optional(),
  /** The first one that a counter serves for is the usual one. */
  purposes: z
    .array(groundedPurpose)
    .min(1)
    .refine((all) => new Set(all.map((one) => one.purpose)).size === all.length),
})

const receipts = {
  basis: {
    fr: 'Loi 55-19 : récépissé de dépôt',
    ar: 'القانون 55.19: وصل الإيداع',
    en: 'Law 55-19: receipt of a deposit',
  },
  source: 'loi 55-19',
}
const control = {
  basis: { fr: 'Contrôle interne du service', ar: 'المراقبة الداخلية للمصلحة', en: 'Internal control of the office' },
  source: 'décision du service',
}

/** For offices that declared nothing: what their registers are kept for anyway. */
export const usualPurposes: readonly GroundedPurpose[] = [
  { purpose: 'deposit', ...receipts },
  { purpose: 'verification', ...receipts },
  { purpose: 'correction', ...receipts },
  { purpose: 'supervision', ...control },
  { purpose: 'audit', ...control },
  {
    purpose: 'rights',
    basis: {
      fr: 'Loi 09-08 : droits de la personne',
      ar: 'القانون 09.08: حقوق الشخص المعني',
      en: 'Law 09-08: rights of the person',
    },
    source: 'loi 09-08',
  },
]

/** Purposes that an agent may choose for the citizen in front of him; the others belong to an act of their own. */
export const atTheDesk: readonly Purpose[] = ['deposit', 'verification', 'mail', 'queue']
