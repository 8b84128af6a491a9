import type { Correspondent } from '#shared/domain/mail/letter.ts'
import { senderKey } from '#shared/domain/mail/letterKeys.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Context, SignedIn } from '../../core/context.ts'
import { recordList } from '../../core/recordAccess.ts'
import { correspondentsLike, saveCorrespondent, writersLike } from './rows/correspondents.ts'
import { clearanceOfPerson } from './seeLetter.ts'

type FoundSender = Correspondent & { known: boolean; letters: number }

/**
 * Bodies that begin as it was typed: those of the directory first, each once, then those who wrote before, whom the access
 * log is told of. Faults: those of `Tx`.
 */
export function findSenders(
  context: Context,
  who: SignedIn,
  { words, limit }: { readonly words: string; readonly limit: number },
): Result<FoundSender[]> {
  if (senderKey(words) === '') return ok([])
  const { db } = context.store
  const writers = writersLike(db, words, { level: clearanceOfPerson(context, who), limit })
  const lettersOf = (name: string): number =>
    writers.find(({ sender }) => senderKey(sender.name) === senderKey(name))?.letters ?? 0
  const known = correspondentsLike(db, words, limit).map((one) => ({
    ...one,
    known: true,
    letters: lettersOf(one.name) + (one.nameAr === undefined ? 0 : lettersOf(one.nameAr)),
  }))
  const names = new Set(known.flatMap(({ name, nameAr }) => [name, nameAr ?? name]).map(senderKey))
  const others = writers
    .filter(({ sender }) => !names.has(senderKey(sender.name)))
    .map(({ sender, letters }) => ({ ...sender, known: false, letters }))
  const found = [...known, ...others].slice(0, limit)
  const shown = others.map(({ name }) => `sender ${name}`)
  const recorded = recordList(context, who, { purpose: 'mail', subject: 'mail', shown })
  return recorded.ok ? ok(found) : recorded
}

/** Enters a body in the directory of the office, because somebody says so. Faults: those of `Tx`. */
export const enterSender = ({ store }: Pick<Context, 'store'>, body: Correspondent): Result<Record<string, never>> =>
  store.tx((db) => {
    saveCorrespondent(db, body)
    return ok({})
  })
