import { z } from 'zod'
import { localised } from '../../text.ts'

/** What becomes of letters whose time is over: kept for good, destroyed, or some of them kept. */
export const fates = ['keep', 'sample', 'destroy'] as const
export const fate = z.enum(fates)
export type Fate = z.infer<typeof fate>

const years = z.int().min(0).max(100)

/** One class of the classification plan (plan de classement) with its rule of the retention calendar. */
export const archiveClass = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(20)
    .regex(/^[\p{L}\p{N}.-]+$/u),
  name: localised,
  /** Years at hand (archives courantes), then years at a distance (archives intermédiaires), both from the end of a year. */
  active: years,
  semiActive: years,
  fate,
  /** Kinds of letters that belong here unless somebody says otherwise. */
  kinds: z.array(z.string().min(1).max(80)),
})
export type ArchiveClass = z.infer<typeof archiveClass>

/** The plan of an office: each class once, and each kind in one class. */
export const classPlan = z
  .array(archiveClass)
  .min(1)
  .max(200)
  .refine((plan) => isEachOnce(plan.map(({ code }) => code)), 'a class stands twice')
  .refine((plan) => isEachOnce(plan.flatMap(({ kinds }) => kinds)), 'a kind stands in two classes')
const isEachOnce = (all: readonly string[]): boolean => new Set(all).size === all.length

const entry = (code: string, names: readonly [fr: string, ar: string], rule: Omit<ArchiveClass, 'code' | 'name'>) => ({
  code,
  name: { fr: names[0], ar: names[1] },
  ...rule,
})

/**
 * The plan of an office that has none of its own. Law 69-99 and decree 2-14-267 ask for a retention calendar and fix no
 * years: these are careful ones, until the office and Archives du Maroc agree on others. To be proofread by a native
 * official.
 */
export const usualPlan: readonly ArchiveClass[] = [
  entry('A1', ['Textes, circulaires et notes', 'نصوص ودوريات ومذكرات'], {
    active: 5,
    semiActive: 5,
    fate: 'keep',
    kinds: ['circular', 'note'],
  }),
  entry('A2', ['Procès-verbaux et rapports', 'محاضر وتقارير'], {
    active: 5,
    semiActive: 10,
    fate: 'keep',
    kinds: ['minutes'],
  }),
  entry('B1', ['Correspondance générale', 'مراسلات عامة'], {
    active: 2,
    semiActive: 8,
    fate: 'sample',
    kinds: ['letter', 'sealed'],
  }),
  entry('B2', ['Demandes et accès à l’information', 'طلبات والحصول على المعلومات'], {
    active: 2,
    semiActive: 8,
    fate: 'destroy',
    kinds: ['request', 'information'],
  }),
  entry('B3', ['Réclamations', 'شكايات'], { active: 3, semiActive: 7, fate: 'sample', kinds: ['complaint'] }),
  entry('C1', ['Factures et offres', 'فواتير وعروض'], {
    active: 2,
    semiActive: 8,
    fate: 'destroy',
    kinds: ['invoice'],
  }),
  entry('D1', ['Convocations', 'استدعاءات'], { active: 1, semiActive: 2, fate: 'destroy', kinds: ['summons'] }),
]

/** The class of a letter: the one that somebody gave it, else that of its kind; nothing where the plan has neither. */
export const classOf = (
  plan: readonly ArchiveClass[],
  letter: { readonly given?: string | undefined; readonly kind: string },
): ArchiveClass | undefined =>
  plan.find(({ code }) => code === letter.given) ?? plan.find(({ kinds }) => kinds.includes(letter.kind))
