import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { anchorKind } from '../journal/anchor.ts'
import { openRollbackGuard } from '../journal/rollbackGuard.ts'
import { journalHashAt, journalHead, journalTail } from '../journal/rows/journalRows.ts'
import { fileFault } from '../keys/wholeFile.ts'
import { copiesBeforeUpdate, type BeforeUpdate } from '../store/beforeUpdate.ts'
import { lookAtStore } from '../store/look.ts'
import { ranksGiven } from '../store/ranks.ts'
import type { OpenOptions, Store } from '../store/open.ts'
import { setRegisterAside } from './backups.ts'

/** What came back. */
export interface RolledBack {
  readonly shape: number
  /** When the register was brought to its newer shape, a UTC instant. */
  readonly updatedAt: string
  readonly setAside: string | undefined
  /** Sign-ins and anchors of since, which are in the register that was set aside. */
  readonly links: number
}

/**
 * Puts the register of before the last update back, as long as nothing was written since but sign-ins and anchors: no
 * act, no access, no setting is forgotten, and no number or label is given twice. The newer one is set aside, whole. The marks follow: an administrator does
 * this, who could remove them as well.
 * Faults: register.notRolledBack (no copy, or something was written), those of `lookAtStore`.
 */
export function rollBack(options: Omit<OpenOptions, 'migrations'>, now: Date): Result<RolledBack> {
  const [newest] = copiesBeforeUpdate(options.file)
  if (newest === undefined) return err(faultOf('register.notRolledBack', 'no copy of before an update'))
  const before = lookAtStore({ ...options, file: newest.file })
  if (!before.ok) return before
  const { store, close } = before.value
  try {
    const present = lookAtStore(options)
    if (!present.ok) return present
    const since = writtenSince(present.value.store, newest, store)
    present.value.close()
    if (!since.ok) return since
    const [wrong] = store.check()
    if (wrong !== undefined) return err(faultOf('register.corrupt', wrong))
    const fresh = `${options.file}.restored`
    copyFileSync(newest.file, fresh)
    chmodSync(fresh, 0o600)
    const setAside = setRegisterAside(options.file, now)
    renameSync(fresh, options.file)
    const marked = openRollbackGuard(dirname(options.file), options.key, store.db).restart(newest.head)
    if (!marked.ok) return marked
    return ok({ shape: newest.shape, updatedAt: newest.at, setAside, links: since.value })
  } catch (cause) {
    rmSync(`${options.file}.restored`, { force: true })
    return err(fileFault(cause))
  } finally {
    close()
  }
}

const harmless = (kind: string): boolean => kind.startsWith('session.') || kind === anchorKind

const writtenSince = ({ db }: Store, { head }: BeforeUpdate, before: Store): Result<number> => {
  const links = (journalHead(db)?.seq ?? 0) - head.seq
  const same = head.seq === 0 || journalHashAt(db, head.seq) === head.hash
  if (!same || links < 0) return err(faultOf('register.notRolledBack', 'another register'))
  // Labels stand in no journal; those that are on letters already must not come twice.
  const ranks = ranksGiven(db) - ranksGiven(before.db)
  if (ranks !== 0) return err(faultOf('register.notRolledBack', `${String(ranks)} numbers or labels since`))
  const other = journalTail(db, links).filter(({ kind }) => !harmless(kind))
  return other.length === 0
    ? ok(links)
    : err(faultOf('register.notRolledBack', `${String(other.length)} links since: ${other[0]?.kind ?? ''}`))
}
