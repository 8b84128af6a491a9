import { faultOf, type Fault } from '#shared/fault.ts'

/** What SQLite's result codes (sqlite.org/rescode.html), and those of the file system under it, mean at a counter. */
const meanings = [
  ['SQLITE_FULL', 'register.diskFull'],
  ['SQLITE_IOERR', 'register.diskFailing'],
  ['SQLITE_BUSY', 'register.inUse'],
  ['SQLITE_LOCKED', 'register.inUse'],
  ['SQLITE_READONLY', 'register.readOnly'],
  ['SQLITE_CANTOPEN', 'register.readOnly'],
  ['SQLITE_PERM', 'register.readOnly'],
  ['SQLITE_NOTADB', 'register.corrupt'],
  ['SQLITE_CORRUPT', 'register.corrupt'],
  ['ENOSPC', 'register.diskFull'],
  ['EACCES', 'register.otherAccount'],
  ['EROFS', 'register.readOnly'],
] as const

/**
 * The fault behind an exception of the register's file, or nothing when it is a programming error (a constraint, a bad
 * statement).
 */
export function sqliteFault(cause: unknown): Fault | undefined {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  const meaning = meanings.find(([prefix]) => code?.startsWith(prefix) === true)
  return meaning === undefined ? undefined : faultOf(meaning[1], code)
}
