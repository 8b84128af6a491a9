import type { OfficeHandedOver } from '#shared/contract/officeFile.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { officeSetting, readOffice, type Context, type SignedIn } from '../../core/context.ts'
import { counterOf } from '../../core/createRegister.ts'
import { readOfficeFile } from '../../core/officeFile.ts'
import { readLink, writeLink } from '../../outbox/rows/link.ts'
import { savePlatform } from '../../outbox/rows/platformTrust.ts'
import { saveSetting } from '../../store/settings.ts'

/**
 * The platform of this counter is from now on the one of an office file: its address, its key, whom exports are sealed
 * for, and the code that it brings, if any. Who decided it is in the journal. Its feed is read from the beginning, so
 * that accounts of another platform leave. The office on paper stays as it is.
 * Faults: office.*, and those of `Tx`.
 */
export function trustPlatform(
  { store, journal, counter }: Pick<Context, 'store' | 'journal' | 'counter'>,
  who: Pick<SignedIn, 'code'>,
  { file, fingerprint }: OfficeHandedOver,
): Result<void> {
  const read = readOfficeFile(file, fingerprint)
  if (!read.ok) return read
  const { office, platform, code } = read.value
  if (counterOf(office) !== counter) return err(faultOf('office.otherCounter'))
  return store.tx((db) => {
    savePlatform(db, platform)
    const { cursor: _, ...link } = readLink(db)
    writeLink(db, { ...link, ...(code === undefined ? {} : { code }) })
    if (office.sealedTo !== undefined)
      saveSetting(db, officeSetting, { ...readOffice(store), sealedTo: office.sealedTo })
    journal.append(db, {
      actor: who.code,
      kind: 'platform.trusted',
      subject: platform.keys[0]?.kid ?? '',
      body: { address: platform.address },
    })
    return ok(undefined)
  })
}
