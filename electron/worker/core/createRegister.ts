import type { OfficeFile } from '#shared/contract/officeFile.ts'
import type { CounterId } from '#shared/ids.ts'
import { ok, type Result } from '#shared/result.ts'
import type { Journal } from '../journal/journal.ts'
import { makeCounterKey } from '../keys/counterKey.ts'
import { saveAccount } from './rows/accounts.ts'
import { writeLink } from '../outbox/rows/link.ts'
import { savePlatform } from '../outbox/rows/platformTrust.ts'
import type { Store } from '../store/open.ts'
import { saveProcedure } from './rows/procedures.ts'
import { saveCalendar } from './rows/reference.ts'
import { saveSetting } from '../store/settings.ts'
import { officeSetting } from './context.ts'
import type { Seed } from './readSeed.ts'

/** The counter that an office's seed stands for: `RAB03-G2`. */
// two parsed halves
export const counterOf = (office: Seed['office']): CounterId => `${office.code}-${office.counter}` as CounterId

/**
 * Fills an empty register: office, calendars, sheets, accounts, and the counter's key. Faults: those of `Tx`.
 * @param platform by whose file it begins; absent in a demonstration
 */
export const createRegister = (
  store: Store,
  journal: Journal,
  seed: Seed,
  platform?: OfficeFile['platform'],
): Result<void> =>
  store.tx((db) => {
    const counter = counterOf(seed.office)
    // The code is used once; where the office is described, everybody reads.
    const { enrolmentCode, ...office } = seed.office
    saveSetting(db, officeSetting, office)
    if (platform !== undefined) savePlatform(db, platform)
    seed.calendars.forEach((one, at) => {
      saveCalendar(db, seed.office.calendars[at] ?? String(one.year), one)
    })
    if (enrolmentCode !== undefined) writeLink(db, { link: 'unknown', code: enrolmentCode })
    for (const sheet of seed.procedures) saveProcedure(db, sheet)
    for (const account of seed.accounts) saveAccount(db, account)
    const body = platform === undefined ? {} : { address: platform.address, key: platform.keys[0]?.kid ?? '' }
    const { moment } = journal.append(db, { actor: 'counter', kind: 'register.created', subject: counter, body })
    makeCounterKey(db, counter, moment.at)
    return ok(undefined)
  })
