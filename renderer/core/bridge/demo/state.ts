import type { BudgetLine } from '#shared/contract/features/sync/calls.ts'
import { budgetState } from '#shared/domain/limits.ts'
import { faultOf } from '#shared/fault.ts'
import { demoDeadlines, demoDeposits, demoJobs, demoOutbox, printerName } from './acts.ts'
import { demoAccountList } from './accounts.ts'
import { demoId } from './ids.ts'
import { demoCitizens } from './people.ts'
import { demoPlatform } from './platform.ts'
import { demoProcedures } from './procedures.ts'
import { scenes, type Scene } from './sceneNames.ts'
import { setScene } from './scenes.ts'
import type { DemoState } from './shape.ts'
import { demoSigners } from './trust.ts'

export const scenarios = [
  'typical',
  'empty',
  'full',
  'offline',
  'faults',
  'longNames',
  'login',
  'create',
  'office',
  'unlock',
  'failed',
  'starting',
  'supervisorEmpty',
  'supervisorFaults',
  ...scenes,
] as const
export type Scenario = (typeof scenarios)[number]

const hour = 3_600_000
const reader = 'ACS ACR39U ICC Reader 00 00'

/** The budget line by line; `faulty` is a counter that was left alone for too long. */
const demoBudget = (aloneMs: number, pending: number, faulty: boolean): BudgetLine[] => {
  const day = 24 * hour
  const line = (kind: BudgetLine['kind'], used: number, limit: number): BudgetLine => ({
    kind,
    used,
    limit,
    state: budgetState(used, limit),
  })
  return [
    line('alone', aloneMs, 7 * day),
    line('pending', pending, 5000),
    line('oldest', Math.min(aloneMs, pending * hour), 7 * day),
    { kind: 'disk', used: faulty ? 1.4e9 : 82e9, limit: 2e9, state: faulty ? 'warn' : 'fine' },
    { kind: 'account', used: 190 * day, limit: 14 * day, state: 'fine' },
    line('clock', faulty ? 400_000 : 800, 300_000),
    line('reference', aloneMs + 60_000, 7 * day),
    line('backup', 40 * 60_000, 7 * day),
  ]
}

/** Builds a scenario as of `now`. */
export function demoState(scenario: Scenario, now: Date): DemoState {
  const long = scenario === 'longNames'
  const empty = scenario === 'empty' || scenario === 'supervisorEmpty'
  const faulty = scenario === 'faults' || scenario === 'supervisorFaults'
  const offline = scenario === 'offline' || faulty
  const served = empty ? 0 : scenario === 'full' ? 128 : 23
  const people = demoCitizens(new Date(now.getTime() - 60_000))
  const ago = (ms: number): string => new Date(now.getTime() - ms).toISOString()
  const phase =
    scenario === 'create' ||
    scenario === 'unlock' ||
    scenario === 'office' ||
    scenario === 'failed' ||
    scenario === 'starting'
      ? scenario
      : 'ready'
  const signedOut = phase !== 'ready' || scenario === 'login'
  const pending = empty ? 0 : scenario === 'full' ? 3 : offline ? 12 : 1
  const state: DemoState = {
    app: {
      phase,
      ...(phase === 'failed' ? { fault: faultOf('register.corrupt') } : {}),
      version: '0.1.0',
      runtime: { electron: '45.4.1', standIn: faulty || long },
      training: scenario === 'typical' || scenario === 'login' || long,
      // Whose counter it is stands in the office file.
      ...(phase === 'office'
        ? {}
        : {
            counter: demoId.counter,
            office: long
              ? {
                  fr: 'Arrondissement de Yacoub El Mansour, service des autorisations',
                  ar: 'مقاطعة يعقوب المنصور، مصلحة الرخص',
                }
              : demoPlatform.office,
          }),
      demoLogins: (['agent', 'mailClerk', 'supervisor', 'administrator', 'auditor'] as const).map((role, index) => ({
        login: ['agent', 'clerk', 'supervisor', 'admin', 'auditor'][index] ?? role,
        password: 'demo',
        role,
      })),
    },
    session: signedOut
      ? undefined
      : {
          login: 'agent',
          name: long ? 'Abderrahmane Benabdeljalil El Alaoui' : 'Salma Benjelloun',
          roles: ['agent'],
          language: 'fr',
          since: ago(2.4 * hour),
        },
    card: faulty
      ? { state: 'failed', reader, fault: faultOf('card.mute', undefined, { reader }) }
      : empty
        ? { state: 'empty', reader, simulated: true }
        : { state: 'done', reader },
    agentCard: { state: 'none' },
    pinTries: 3,
    pinpad: false,
    accounts: demoAccountList(now),
    signers: demoSigners(now),
    citizen: empty ? undefined : faulty ? people.tampered : long ? people.longest : people.typical,
    drafts: new Map(),
    day: {
      day: now.toISOString().slice(0, 10),
      served,
      incomplete: Math.round(served / 6),
      deposits: demoDeposits(now, served, long),
      deadlines: demoDeadlines(now, empty ? 0 : scenario === 'full' ? 7 : 4, long),
      drafts:
        empty || scenario === 'full'
          ? []
          : [
              {
                id: demoId.draft(1),
                kind: 'request',
                savedAt: new Date(now.getTime() - 26 * 60_000).toISOString(),
                received: 1,
                ...(demoProcedures[0] && { title: demoProcedures[0].title }),
              },
            ],
    },
    jobs: empty ? [] : demoJobs(now, faulty ? 8 : 6, faulty),
    printers: [
      {
        name: printerName,
        description: 'Canon LBP · A5',
        state: faulty ? 'stopped' : 'idle',
        reasons: faulty ? ['media-empty'] : [],
        papers: ['a4', 'a5'],
        isDefault: true,
      },
      {
        name: 'HP-Bureau',
        description: 'HP LaserJet M404',
        state: 'unreachable',
        reasons: [],
        papers: ['a4'],
        isDefault: false,
      },
    ],
    chosen: { a5: printerName, a4: printerName },
    device: {
      counter: demoId.counter,
      fingerprint: 'XDNB-X9Z8-8E7S-YFYD-9E1P-A16W-TB2X-G74Y',
      state: 'enrolled',
      platform: true,
      address: demoPlatform.address,
      platformKey: demoPlatform.key,
      askedAt: ago(41 * 24 * hour),
      enrolledAt: ago(40.9 * 24 * hour),
      lastContactAt: ago(offline ? 2.25 * hour : 40_000),
      keyStore: { wrap: 'keystore', name: 'gnome_libsecret' },
    },
    codeReaders: empty
      ? []
      : [
          { device: 'DS9308 POS Scanner 21194', profile: 'posScanner', open: true },
          { device: 'Access-IS OCR315e', profile: 'asciiReports', open: !faulty },
        ],
    outbox: empty ? [] : demoOutbox(now, faulty ? 6 : 20, pending, offline),
    sync: {
      link: offline ? 'offline' : 'online',
      since: ago(offline ? (faulty ? 5.6 * 24 : 2.25) * hour : 3 * hour),
      lastSyncAt: ago(offline ? 2.25 * hour : 40_000),
      ...(offline
        ? { fault: faultOf('platform.unreachable'), nextAttemptAt: new Date(now.getTime() + 45_000).toISOString() }
        : {}),
      pending,
      refused: offline ? 3 : 0,
      ...(pending > 0 ? { oldestPendingAt: ago(offline ? 2.2 * hour : 30_000) } : {}),
      budget: {
        days: 7,
        usedMs: offline ? (faulty ? 5.8 * 24 : 90) * hour : 0,
        lines: demoBudget(offline ? (faulty ? 5.8 * 24 : 90) * hour : 0, pending, faulty),
      },
    },
    next: 129,
    mail: empty ? 'empty' : 'morning',
    // Before anybody has signed in, a counter that is in no hall, as most are.
    hall: signedOut ? 'none' : empty ? 'notOpen' : faulty ? 'noMajority' : 'morning',
    ticketPaper: faulty ? 'out' : 'ready',
    paper: 'printed',
  }
  if (scenario.startsWith('supervisor'))
    state.session = {
      login: 'supervisor',
      name: 'Nadia Chraïbi',
      roles: ['supervisor'],
      language: 'fr',
      since: ago(2.4 * hour),
    }
  const scene = scenes.find((one): one is Scene => one === scenario)
  if (scene !== undefined) setScene(state, scene, now)
  return state
}
