import { generateKeyPairSync } from 'node:crypto'
import { v7 } from 'uuid'
import type { CardReading } from '#shared/contract/cardEvents.ts'
import type { IdentityView, PurposeView } from '#shared/contract/features/intake/calls.ts'
import { calendar } from '#shared/domain/clock/calendar.ts'
import { officeSeed } from '#shared/domain/office.ts'
import { procedure, type Procedure } from '#shared/domain/request/procedure.ts'
import { requestDraft, type RequestDraft } from '#shared/domain/request/request.ts'
import { type CommandId, type CounterId, type IdentityId } from '#shared/ids.ts'
import type { Clock } from '#shared/ports/clock.ts'
import { ok } from '#shared/result.ts'
import { createJournal } from '#electron/worker/journal/journal.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { saveProcedure } from '#electron/worker/core/rows/procedures.ts'
import { saveCalendar } from '#electron/worker/core/rows/reference.ts'
import { saveSetting } from '#electron/worker/store/settings.ts'
import { officeSetting } from '#electron/worker/core/context.ts'
import type { Issuing } from '#electron/worker/core/deposit/issuing.ts'
import type { IssueOrder } from '#electron/worker/features/intake/issueReceipt.ts'
import { valueOf } from './register.ts'

/** A sheet of two demanded pieces and a conditional one. */
export const aSheet = (over: Partial<Procedure> = {}): Procedure =>
  procedure.parse({
    code: 'SPECIMEN',
    version: '2026.1',
    title: { fr: 'Attestation spécimen', ar: 'شهادة نموذجية' },
    category: { fr: 'Attestations', ar: 'الشهادات' },
    administration: { fr: 'Commune', ar: 'جماعة' },
    legalBasis: [],
    pieces: [
      { code: 'demande', label: { fr: 'Demande', ar: 'طلب' }, form: 'original', mandatory: true },
      { code: 'plan', label: { fr: 'Plan', ar: 'تصميم' }, form: 'copy', mandatory: true },
      {
        code: 'mandat',
        label: { fr: 'Mandat', ar: 'وكالة' },
        form: 'original',
        mandatory: false,
        condition: { fr: 'Par mandataire', ar: 'عند التوكيل' },
      },
    ],
    fee: { centimes: 2_000 },
    delay: { days: 15, unit: 'calendar' },
    completionDays: 30,
    silence: 'approval',
    appeal: { authority: { fr: 'gouverneur', ar: 'العامل' }, days: 30 },
    publishedOn: '2026-01-01',
    source: 'spécimen',
    ...over,
  })

/** An office with two holidays. */
export const anOffice = officeSeed.parse({
  code: 'RAB03',
  counter: 'G2',
  authority: [{ fr: 'Royaume du Maroc', ar: 'المملكة المغربية' }],
  name: { fr: 'Accueil', ar: 'الاستقبال' },
  address: { fr: 'Rabat', ar: 'الرباط' },
  zone: 'Africa/Casablanca',
  // Not what the zone tables say: a decree wins over them.
  legalTime: [{ from: '2026-09-20T01:00:00Z', utcOffsetMinutes: 60, source: 'spécimen' }],
  weekend: [6, 7],
  calendars: ['2026'],
})
const holidays = calendar.parse({
  year: 2026,
  title: { fr: '2026', ar: '2026' },
  source: 'spécimen',
  days: ['2026-11-06', '2026-11-18'].map((date) => ({
    date,
    label: { fr: date, ar: date },
    status: 'confirmed',
    source: 'spécimen',
  })),
})

/** A draft with both pieces. */
export const aDraft = (over: Partial<RequestDraft> = {}): RequestDraft =>
  requestDraft.parse({
    procedure: 'SPECIMEN',
    procedureVersion: '2026.1',
    pieces: [
      { code: 'demande', state: 'received' },
      { code: 'plan', state: 'received' },
    ],
    ...over,
  })

/** What citizens are served for. */
export const aPurpose: PurposeView = {
  purpose: 'deposit',
  basis: { fr: 'Loi 55-19', ar: 'القانون 55.19' },
  source: 'loi 55-19',
}

/** A citizen at the desk, typed by hand. */
export const aCitizen = (over: Partial<IdentityView> = {}): IdentityView => ({
  identityId: '00000000-0000-7000-8000-00000000000a' as IdentityId,
  identity: {
    familyName: 'SPÉCIMEN',
    givenNames: 'Omar',
    nationalNumber: 'AB123456',
    sex: 'M',
    issuer: 'DGSN',
    documentNumber: 'D0001',
  },
  source: { kind: 'typed', reason: 'noCard' },
  purpose: aPurpose,
  checks: { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
  readAt: '2026-11-21T08:59:00.000Z',
  cardPresent: false,
  ...over,
})

const counter = 'RAB03-G2' as CounterId
const who = {
  view: {
    login: 'agent',
    name: 'Salma B.',
    roles: ['agent' as const],
    language: 'fr' as const,
    since: '2026-11-21T08:00:00.000Z',
  },
  code: 'AG-014',
}

/** What a deposit needs over a register, with an office and one sheet in it; the paper has every letter. */
export function issuingOver(
  store: Store,
  clock: Clock = { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 },
): Issuing {
  valueOf(
    store.tx((db) => {
      saveSetting(db, officeSetting, anOffice)
      saveCalendar(db, 'ma-2026', holidays)
      saveProcedure(db, aSheet())
      return ok(undefined)
    }),
  )
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    context: { store, journal: createJournal(clock, counter, store.db), clock, counter, newId: () => v7() },
    paper: { checkGlyphs: () => ok(undefined), legible: (text) => text },
    signer: { privateKey, kid: '0123456789abcdef' },
  }
}

/** An order of the agent for a citizen who is there. */
export const anOrder = (over: Partial<IssueOrder> = {}): IssueOrder => ({
  commandId: v7() as CommandId,
  citizen: aCitizen(),
  draft: aDraft(),
  who,
  training: false,
  ...over,
})

/** A card that was read, with nothing checked. */
export const aCardReading = (over: Partial<CardReading> = {}): CardReading => ({
  profile: 'be-eid',
  reader: 'A',
  simulated: false,
  atr: '3b',
  checks: { identity: 'notChecked', address: 'notChecked', photo: 'notChecked', chain: 'notChecked' },
  identity: { familyName: 'SPECIMEN', givenNames: 'Ahmed', documentNumber: '000000000001' },
  exchange: { apdus: 1, bytesOut: 1, bytesIn: 1 },
  timings: { firstIdentityMs: 1, totalMs: 1 },
  ...over,
})
