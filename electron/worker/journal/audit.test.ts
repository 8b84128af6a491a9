import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HeadStatement, PlatformKey } from '#shared/contract/heads.ts'
import type { JournalVerdict } from '#shared/contract/features/journal/calls.ts'
import { ok } from '#shared/result.ts'
import { aCounter } from '#tests/builders/commands.ts'
import { openTestStore, temporaryFolder, valueOf } from '#tests/builders/register.ts'
import { makeCounterKey, readCounterKey } from '../keys/counterKey.ts'
import { platformJwsType } from '#shared/contract/officeFile.ts'
import { createCountersignStore } from '../outbox/rows/heads.ts'
import { pinKeys } from '../outbox/rows/platformTrust.ts'
import { journalHead, journalLinks } from './rows/journalRows.ts'
import type { Store } from '../store/open.ts'
import { anchorOver } from './anchor.ts'
import { auditJournal } from './audit.ts'
import { createJournal, type Journal } from './journal.ts'
import { emptyRoot } from './merkle.ts'

const counter = aCounter()
const clock = { now: () => new Date('2026-11-21T09:00:00Z'), monotonic: () => 0 }
let folder: ReturnType<typeof temporaryFolder>
let store: Store
let journal: Journal
const platform = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const keys: PlatformKey[] = [
  {
    kid: 'platform',
    publicKey: platform.publicKey.export({ format: 'jwk' }) as PlatformKey['publicKey'],
    since: '2026-11-21T08:00:00Z',
  },
]

const jws = (statement: HeadStatement, key: KeyObject = platform.privateKey): string => {
  const text = [{ alg: 'ES256', kid: 'platform', typ: platformJwsType.head }, statement]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
const fresh = (): void => {
  folder = temporaryFolder()
  store = openTestStore(folder.path)
  journal = createJournal(clock, counter, store.db)
  valueOf(store.tx((db) => ok(makeCounterKey(db, counter, '2026-11-21T09:00:00.000Z'))))
  valueOf(store.tx((db) => ok(pinKeys(db, keys))))
}
const gone = (): void => {
  store.close()
  folder.remove()
}
beforeEach(fresh)
afterEach(gone)

const link = (text: string): void => {
  valueOf(
    store.tx((db) => ok(journal.append(db, { actor: 'AG-014', kind: 'attachment.added', subject: text, body: {} }))),
  )
}
const anchor = (): void => {
  const head = journalHead(store.db)
  if (head !== undefined)
    valueOf(store.tx((db) => ok(journal.append(db, anchorOver(counter, head, readCounterKey(db, counter))))))
}
function countersign(over: Partial<HeadStatement> = {}, key?: KeyObject): void {
  const head = journalHead(store.db)
  const statement = {
    counter,
    series: 1,
    seq: head?.seq ?? 1,
    hash: head?.hash ?? '',
    at: '2026-11-21T09:00:00Z',
    log: { size: 0, root: emptyRoot.toString('hex') },
    ...over,
  } as HeadStatement
  createCountersignStore(store, journal).keep(statement, jws(statement, key))
}
/**
 * With the key of the device and the register open, everything in it can be changed: only what stands outside of it
 * tells.
 */
const forge = (act: (db: Parameters<Parameters<Store['upkeep']>[0]>[0]) => void): void => {
  valueOf(
    store.upkeep((db) => {
      db.run('DROP TRIGGER IF EXISTS journal_kept')
      db.run('DROP TRIGGER IF EXISTS journal_fixed')
      act(db)
      return ok(undefined)
    }),
  )
}
function verdict(): JournalVerdict {
  const walk = auditJournal(store.db, counter)
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value
  }
}

test('a journal of any length, anchored and countersigned anywhere, holds', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('link', 'anchor', 'head'), { minLength: 1, maxLength: 40 }), (steps) => {
      gone()
      fresh()
      link('first')
      for (const step of steps)
        ({
          link: () => {
            link('x')
          },
          anchor,
          head: () => {
            countersign()
          },
        })[step]()
      expect(verdict().broken).toBeUndefined()
      expect(verdict().links).toBe([...journalLinks(store.db)].length)
    }),
    { numRuns: 12 },
  )
}, 60_000)

test('cut off after a countersigned head, or written anew with the key of the device, it is found out', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 11 }),
      fc.boolean(),
      (length, pick, rewrite) => {
        gone()
        fresh()
        for (let at = 0; at < length; at += 1) link(`act ${String(at)}`)
        countersign()
        const kept = Math.min(pick, length - 1)
        forge((db) => {
          db.run('DELETE FROM journal WHERE seq > ?', [kept])
        })
        if (rewrite) for (let at = kept; at < length; at += 1) link(`another act ${String(at)}`)
        anchor()
        // The chain itself is sound, with its anchors: the device's key made them.
        expect(verdict().broken?.what).toBe(rewrite || kept + 1 >= length ? 'headDiffers' : 'headAhead')
      },
    ),
    { numRuns: 15 },
  )
}, 60_000)

test('a head by another key, of another counter, or that says something else than its row is none', () => {
  link('one')
  countersign({}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  expect(verdict().broken).toMatchObject({ what: 'headSignature', seq: 1 })
})

test('names the link: changed, missing, and a false anchor', () => {
  for (let at = 0; at < 6; at += 1) link(`act ${String(at)}`)
  forge((db) => {
    db.run(`UPDATE journal SET actor = 'AG-999' WHERE seq = 3`)
  })
  expect(verdict().broken).toMatchObject({ what: 'changed', seq: 3, entry: { actor: 'AG-999' } })
  forge((db) => {
    db.run('DELETE FROM journal WHERE seq = 2')
  })
  expect(verdict().broken).toMatchObject({ what: 'missing', seq: 2 })
})
