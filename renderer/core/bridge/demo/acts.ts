import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import type { PrintJobView } from '#shared/contract/features/papers/calls.ts'
import type { OutboxItemView } from '#shared/contract/features/sync/calls.ts'
import { faultOf } from '#shared/fault.ts'
import { demoId } from './ids.ts'
import { demoProcedures } from './procedures.ts'

const minute = 60_000
const day = 1440 * minute
const names = [
  'Lambert Anne-Sophie',
  'الفاسي بناني فاطمة الزهراء',
  'Idrissi Omar',
  'Van Damme Kobe',
  'بنجلون سعاد',
  'Tazi Hicham',
  'Naciri Leïla',
  'أوحدو نادية',
]
const longName = 'Vandenbroeck-Castellanos van der Straten Ponthoz Maximiliaan'
export const printerName = 'Canon-LBP-Accueil'

/** Deposits of the day, newest first: number 128 was made four minutes ago. */
export const demoDeposits = (now: Date, count: number, long: boolean): DepositView[] =>
  Array.from({ length: count }, (_, index) => {
    const n = 128 - index
    const procedure = demoProcedures[long ? 2 : index % 3]
    return {
      requestId: demoId.request(n),
      receiptId: demoId.receipt(n),
      printJobId: demoId.job(n),
      number: demoId.number(now.getUTCFullYear(), n),
      depositedAt: new Date(now.getTime() - (4 + index * 7) * minute).toISOString(),
      procedure: procedure?.title ?? { fr: '—', ar: '—' },
      citizen: long ? longName : (names[index % names.length] ?? ''),
      complete: index % 4 !== 2,
      ...(index % 4 === 2 ? { missing: procedure?.pieces.slice(0, 2).map(({ label }) => label) ?? [] } : {}),
      lastDay: new Date(now.getTime() + (3 + ((index * 5) % 28)) * day).toISOString().slice(0, 10),
    }
  })

/** Files whose last day is near: one is today. */
export const demoDeadlines = (now: Date, count: number, long: boolean): DepositView[] =>
  demoDeposits(new Date(now.getTime() - 12 * day), count, long).map((one, index) => ({
    ...one,
    requestId: demoId.request(40 + index),
    receiptId: demoId.receipt(40 + index),
    number: demoId.number(now.getUTCFullYear(), 40 + index * 3),
    complete: true,
    missing: [],
    lastDay: new Date(now.getTime() + index * index * day).toISOString().slice(0, 10),
  }))

/** Print jobs of the latest deposits; `trouble` shows each state that needs somebody. */
export const demoJobs = (now: Date, count: number, trouble: boolean): PrintJobView[] =>
  demoDeposits(now, count, false).map((deposit, index) => {
    const state = trouble
      ? (['blocked', 'failed', 'unknown', 'printed'] as const)[index % 4]
      : index === 0
        ? 'printing'
        : 'printed'
    return {
      printJobId: demoId.job(128 - index),
      paperId: deposit.receiptId,
      kind: 'receipt',
      number: deposit.number,
      rank: 0,
      medium: 'a5',
      printer: printerName,
      copy: index === 3 ? 1 : 0,
      state: state ?? 'printed',
      reasons: state === 'blocked' ? ['media-empty'] : [],
      message: '',
      queuedAt: deposit.depositedAt,
      ...(state === 'printed' || state === 'failed'
        ? { endedAt: new Date(Date.parse(deposit.depositedAt) + 9000).toISOString() }
        : {}),
    }
  })

/** The outbox in order: what was applied, then what waits; `trouble` adds two refusals and a conflict. */
export const demoOutbox = (now: Date, applied: number, pending: number, trouble: boolean): OutboxItemView[] =>
  Array.from({ length: applied + pending }, (_, index) => {
    const seq = 128 - applied - pending + index + 1
    const createdAt = new Date(now.getTime() - (128 - seq) * 7 * minute - 4 * minute).toISOString()
    const base = {
      seq,
      id: demoId.act(seq),
      type: 'ma.guichet.request.deposited.v1',
      number: demoId.number(now.getUTCFullYear(), seq),
      createdAt,
    }
    const answered = { attempts: 1, lastAttemptAt: createdAt, answeredAt: createdAt }
    if (index >= applied)
      return {
        ...base,
        state: 'pending',
        attempts: trouble ? 3 : 0,
        ...(trouble ? { fault: faultOf('platform.unreachable'), lastAttemptAt: now.toISOString() } : {}),
      }
    if (trouble && index === 0)
      return {
        ...base,
        ...answered,
        state: 'rejected',
        refusal: { code: 'stampUsed', field: 'fee.stampNumber' },
        answer: 'stamp T-2026-00417 was used before (RAB03-G1)',
      }
    if (trouble && index === 1)
      return {
        ...base,
        ...answered,
        state: 'rejected',
        refusal: { code: 'procedureClosed', field: 'procedure.version' },
        answer: 'ETC-004 2026.1 is no longer in force',
      }
    if (trouble && index === 3)
      return {
        ...base,
        ...answered,
        state: 'conflict',
        refusal: { code: 'conflict' },
        answer: 'another act holds this place',
      }
    return { ...base, ...answered, state: 'applied', answer: `2026-RAB-${String(9000 + seq)}` }
  })
