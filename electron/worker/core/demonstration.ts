import { ok, type Result } from '#shared/result.ts'
import type { Journal } from '../journal/journal.ts'
import { readLink, writeLink } from '../outbox/rows/link.ts'
import type { Store } from '../store/open.ts'
import { standingQuarantine } from '../store/quarantine.ts'
import { saveSetting } from '../store/settings.ts'
import { findOffice, officeSetting } from './context.ts'
import { standingVerifiers } from './rows/accounts.ts'

/**
 * What everybody knows of the demonstration office (`resources/seed`, a test compares them): SHA-256 of its accounts'
 * verifiers, the keys that its exports are sealed for, its enrolment code.
 */
const secrets = {
  verifiers: [
    '13794894f63593ee706a84be99088c0df18f39a6cb32769a0543095a3c2a3cb9',
    '5d881c8e0321eff244aeaffaf175324786b7186e9a43fef5b39b5e92afa0389b',
    'ea41ff8e295b2587101a8f878ab36a03014f9d9dd9d7c99e6634cb917d723314',
    'de90692b64a3c1f9d658147c9a01bee45ae8c8c868959ef7629fb3ab5db2e9b5',
    '514ddab23ccddf71909e9ace3c4505385f83299e8d8fd76e82ba750eac153a66',
  ],
  recipients: [
    'age1ukmqegtnnlsnfs7rs8stcz73v3akf7xk46jedmx0trgfdvyj8d5qld4p0v',
    'age16cqa4v7u85csp9scn7w366utqlch48lkt94mq3eczm4vv5t0tc0qhfenak',
  ],
  code: 'demo',
} as const

/** What a register holds of the demonstration's secrets. */
export interface DemonstrationLeft {
  /** Codes of the accounts that anybody can sign in as. */
  readonly accounts: readonly string[]
  /** Acts carried by hand are sealed for keys that everybody has. */
  readonly recipients: boolean
  /** The counter introduces itself by the code that everybody knows. */
  readonly code: boolean
}

/** Looks for the secrets of the demonstration in a register. */
export function demonstrationIn(store: Store): DemonstrationLeft {
  const { db } = store
  const known: ReadonlySet<string> = new Set(secrets.verifiers)
  const accounts = standingVerifiers(db)
    .filter(({ digest }) => known.has(digest))
    .map(({ code }) => code)
  const sealedTo = Object.values(findOffice(store)?.sealedTo ?? {})
  return {
    accounts,
    recipients: sealedTo.some((key) => secrets.recipients.some((known) => known === key)),
    code: readLink(db).code === secrets.code,
  }
}

/**
 * A register that was begun as a demonstration and is none any more: at the next contact its feed is read from its
 * beginning, so that accounts which the platform does not name leave; once a platform was read, the keys and the code of
 * the demonstration go. Faults: those of `Tx`.
 */
export function dropDemonstration(store: Store, journal: Journal): Result<void> {
  const { accounts, recipients, code } = demonstrationIn(store)
  const { cursor, referenceAt, ...link } = readLink(store.db)
  const fed = referenceAt !== undefined
  const again = accounts.length > 0 && cursor !== undefined
  if (!again && !(fed && (recipients || code))) return ok(undefined)
  return store.upkeep((db) => {
    const { code: introduced, ...kept } = link
    writeLink(db, {
      ...kept,
      ...(introduced === undefined || (fed && code) ? {} : { code: introduced }),
      ...(fed ? { referenceAt } : {}),
      ...(cursor === undefined || again ? {} : { cursor }),
    })
    const { sealedTo, ...office } = findOffice(store) ?? {}
    if (fed && recipients && sealedTo !== undefined) saveSetting(db, officeSetting, office)
    if (standingQuarantine(db) === undefined)
      journal.append(db, {
        actor: 'counter',
        kind: 'register.demonstrationDropped',
        subject: 'counter',
        body: { again, recipients: fed && recipients, code: fed && code },
      })
    return ok(undefined)
  })
}
