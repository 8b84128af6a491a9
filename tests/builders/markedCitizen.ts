import { v7 } from 'uuid'
import type { In } from '#shared/contract/calls.ts'
import type { AccessView } from '#shared/contract/features/personalData/calls.ts'
import type { DepositView } from '#shared/contract/features/intake/calls.ts'
import { valueOf } from './register.ts'
import { sheetsOf, type TestWorker } from './worker.ts'

/** A citizen whose every word can be found again. */
export const marks = {
  familyName: 'ZZMARQUENOM',
  givenNames: 'ZZMARQUEPRENOM',
  nationalNumber: 'ZZ987654',
  documentNumber: 'ZZDOC4321',
} as const
/** What an agent wrote about him. */
export const markedNote = 'ZZMARQUENOTE'

/** Which of his words stand in a text. */
export const marksIn = (text: string): readonly string[] =>
  [...Object.values(marks), markedNote].filter((mark) => text.includes(mark))

/** A draft of the first sheet, with every piece. */
export async function draftOf({ ask }: Pick<TestWorker, 'ask'>): Promise<In<'receipt.issue'>['draft']> {
  const [sheet] = await sheetsOf({ ask })
  if (sheet === undefined) throw new Error('no sheet')
  return {
    procedure: sheet.code,
    procedureVersion: sheet.version,
    pieces: sheet.pieces.map((piece) => ({ code: piece.code, state: 'received' as const })),
    note: markedNote,
  }
}

/** Deposits for a citizen whose identity is typed; whoever is signed in serves citizens. */
export async function depositFor(
  worker: Pick<TestWorker, 'ask'>,
  over: Partial<Record<keyof typeof marks, string>> = {},
): Promise<{ readonly deposit: DepositView; readonly order: In<'receipt.issue'> }> {
  const identity = { ...marks, ...over }
  const { identityId } = valueOf(
    await worker.ask('identity.type', { identity, reason: 'other', note: 'carte en renouvellement' }),
  )
  const order = { commandId: v7(), identityId, draft: await draftOf(worker) }
  return { deposit: valueOf(await worker.ask('receipt.issue', order)), order }
}

/** The newest lines of the access log; whoever is signed in may see it. */
export const accessesOf = async ({ ask }: Pick<TestWorker, 'ask'>): Promise<readonly AccessView[]> =>
  valueOf(await ask('personalData.accesses', { limit: 200 })).accesses
