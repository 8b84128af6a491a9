import type { Calls } from '#shared/contract/calls.ts'
import type { PurposeView } from '#shared/contract/features/intake/calls.ts'
import type {
  AccessView,
  HeldFileView,
  PersonalRequestView,
  RetentionView,
} from '#shared/contract/features/personalData/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import type { Purpose } from '#shared/domain/identity/purpose.ts'
import { retentionRules, wipedKinds } from '#shared/domain/retention.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok } from '#shared/result.ts'
import { demoId } from './ids.ts'
import { demoPurpose } from './people.ts'
import { demoProcedures } from './procedures.ts'
import type { DemoState } from './shape.ts'

const day = 86_400_000

/** What an agent of the demonstration may choose from. */
export const demoPurposes: readonly PurposeView[] = [
  demoPurpose,
  {
    purpose: 'verification',
    basis: {
      fr: 'Loi 55-19 : vérifier un récépissé',
      ar: 'القانون 55.19: التحقق من وصل',
      en: 'Law 55-19: checking a receipt',
    },
    source: 'loi 55-19',
  },
  {
    purpose: 'mail',
    basis: { fr: 'Tenue du bureau d’ordre', ar: 'مسك مكتب الضبط', en: 'Keeping of the mail register' },
    source: 'décision du service',
  },
]

/** Answers of the personal data calls, from a day at a counter. */
export function demoPersonalData(
  state: DemoState,
): Pick<
  Handlers<Calls>,
  | 'personalData.retention'
  | 'personalData.accesses'
  | 'personalData.requests'
  | 'personalData.find'
  | 'personalData.export'
  | 'personalData.erase'
> {
  const now = Date.now()
  const empty = state.day.served === 0
  const held = [2, 3, 41, 57, 212, 1_843, 18, 64, 38]
  const kinds = wipedKinds.map((kind, at): RetentionView => ({
    kind,
    days: kind === 'sentFile' ? 60 : retentionRules[kind].days,
    set: kind === 'sentFile',
    held: empty ? 0 : (held[at] ?? 0),
    ...(empty ? {} : { next: { at: new Date(now + (at * 5 + 1) * day).toISOString(), count: at + 1 } }),
  }))
  const means = ['card', 'card', 'typed', 'receipt', 'search', 'copy'] as const
  const purposes: readonly Purpose[] = ['deposit', 'deposit', 'deposit', 'verification', 'rights', 'rights']
  const accesses = empty
    ? []
    : Array.from({ length: 140 }, (_, at): AccessView => {
        const which = (at * 5) % 6
        return {
          seq: 4_200 - at,
          at: new Date(now - at * 340_000).toISOString(),
          actor: at % 7 === 0 ? 'CS-002' : 'AG-014',
          means: means[which] ?? 'card',
          purpose: purposes[which] ?? 'deposit',
          basis: which > 3 ? 'loi 09-08' : 'loi 55-19',
          ...(which < 2 ? { reader: 'ACS ACR39U ICC Reader 00 00', document: which === 0 ? 'be-eid' : 'icao' } : {}),
          ...(which === 3 || which === 5 ? { number: demoId.number(2026, 40 + at) } : {}),
        }
      })
  const requests: PersonalRequestView[] = empty
    ? []
    : [
        {
          id: demoId.request(901),
          at: new Date(now - 2 * day).toISOString(),
          right: 'access',
          files: 2,
          agent: 'CS-002',
          erased: [],
          kept: [],
          state: 'applied',
        },
        {
          id: demoId.request(902),
          at: new Date(now - 9 * day).toISOString(),
          right: 'erasure',
          files: 1,
          agent: 'CS-002',
          witness: 'AG-014',
          erased: [
            { kind: 'sentFile', count: 2 },
            { kind: 'sentAct', count: 1 },
          ],
          kept: [{ kind: 'person', count: 1, until: '2027-10-02' }],
          state: 'applied',
        },
      ]
  const [sheet] = demoProcedures
  const found: HeldFileView[] =
    sheet === undefined
      ? []
      : [1, 2].map((n) => ({
          requestId: demoId.request(n),
          number: demoId.number(2026, 18 + n),
          depositedAt: new Date(now - n * 40 * day).toISOString(),
          procedure: sheet.title,
          citizen: 'El Fassi Bennani Fatima Zahra',
          held: [
            { kind: 'person', count: 1, erasable: false, until: '2027-10-02' },
            { kind: 'sentFile', count: n + 1, erasable: true },
            { kind: 'sentAct', count: 1, erasable: n === 2, ...(n === 2 ? {} : { until: '2026-12-09' }) },
          ],
        }))
  const answer = (request: PersonalRequestView): PersonalRequestView => {
    requests.unshift(request)
    return request
  }
  const who = (): string => (state.session?.roles.includes('administrator') === true ? 'AD-001' : 'CS-002')
  return {
    'personalData.retention': () =>
      ok({
        kinds,
        ...(empty
          ? {}
          : {
              last: {
                at: new Date(now - 0.4 * day).toISOString(),
                wiped: [
                  { kind: 'draft', count: 1 },
                  { kind: 'sentFile', count: 6 },
                ],
              },
            }),
      }),
    'personalData.accesses': ({ before, purpose, actor, limit = 100 }) => {
      const all = accesses.filter(
        (one) =>
          (before === undefined || one.seq < before) &&
          (purpose === undefined || one.purpose === purpose) &&
          (actor === undefined || one.actor === actor),
      )
      return ok({ accesses: all.slice(0, limit), more: all.length > limit })
    },
    'personalData.requests': () => ok({ requests: [...requests] }),
    'personalData.find': ({ document, name }) =>
      ok({ files: empty || document === 'NONE' || name?.familyName === 'NONE' ? [] : [...found] }),
    'personalData.export': ({ commandId, files }) =>
      ok({
        name: 'donnees',
        pdf: new Uint8Array(),
        json: new Uint8Array(),
        request: answer({
          id: commandId,
          at: new Date().toISOString(),
          right: 'access',
          files: files.length,
          agent: who(),
          erased: [],
          kept: [],
          state: 'pending',
        }),
      }),
    'personalData.erase': ({ commandId, files, right, second }) =>
      second.password === 'wrong'
        ? err(faultOf('session.badCredentials'))
        : ok({
            name: 'reponse',
            pdf: new Uint8Array(),
            request: answer({
              id: commandId,
              at: new Date().toISOString(),
              right,
              files: files.length,
              agent: who(),
              witness: 'AG-014',
              erased: [{ kind: 'sentFile', count: 2 }],
              kept: [{ kind: 'person', count: files.length, until: '2027-10-02' }],
              state: 'pending',
            }),
          }),
  }
}
