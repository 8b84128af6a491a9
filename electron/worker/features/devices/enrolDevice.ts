import type { DeviceView } from '#shared/contract/features/devices/calls.ts'
import { fingerprintOf } from '#shared/domain/enrolment.ts'
import type { FaultCode } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { fingerprintOfKey, readCounterKey } from '../../keys/counterKey.ts'
import { keyState } from '../../keys/openKey.ts'
import type { Outbox } from '../../outbox/ports.ts'
import { readLink, writeLink } from '../../outbox/rows/link.ts'
import { pinnedKeys } from '../../outbox/rows/platformTrust.ts'
import { standingQuarantine } from '../../store/quarantine.ts'
import type { Context, SignedIn } from '../../core/context.ts'

/** Where this machine keeps its key, and whether it has a platform. */
export interface Machine {
  readonly dataDir: string
  /** The system's keystore by its own name: `gnome_libsecret`. */
  readonly keystoreName?: string | undefined
  /** Where the platform is; absent: nobody said. */
  readonly address: () => string | undefined
}

/** What the platform says that ends an enrolment; anything else is a state of the device, or a link that comes back. */
const final: readonly FaultCode[] = ['device.codeRefused', 'device.counterTaken', 'device.revoked']

/** This device as the screen and the command line show it. */
export function viewDevice(
  { store, counter }: Pick<Context, 'store' | 'counter'>,
  { dataDir, keystoreName, address: addressNow }: Machine,
): DeviceView {
  const { code, askedAt, enrolledAt, revokedAt, lastSyncAt } = readLink(store.db)
  const wrap = keyState(dataDir)
  const [address, [newest]] = [addressNow(), pinnedKeys(store.db)]
  return {
    counter,
    fingerprint: fingerprintOfKey(readCounterKey(store.db, counter).publicKey),
    state:
      revokedAt !== undefined
        ? 'revoked'
        : enrolledAt !== undefined
          ? 'enrolled'
          : askedAt !== undefined
            ? 'pending'
            : code !== undefined
              ? 'entered'
              : 'none',
    platform: address !== undefined,
    ...(address === undefined ? {} : { address }),
    ...(newest === undefined ? {} : { platformKey: fingerprintOf(newest.kid) }),
    ...(askedAt === undefined ? {} : { askedAt }),
    ...(enrolledAt === undefined ? {} : { enrolledAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
    ...(lastSyncAt === undefined ? {} : { lastContactAt: lastSyncAt }),
    keyStore:
      wrap.ok && wrap.value === 'keystore'
        ? { wrap: 'keystore', ...(keystoreName === undefined ? {} : { name: keystoreName }) }
        : { wrap: 'passphrase' },
  }
}

/**
 * Introduces this device by a code of the platform's operator. Without a line the code waits with the acts, and travels
 * with them when they are carried by hand.
 * The code itself is in no journal. Faults: device.codeRefused, device.counterTaken, device.revoked, and those of `Tx`.
 */
export async function enrolDevice(
  context: Pick<Context, 'store' | 'journal' | 'counter'>,
  who: Pick<SignedIn, 'code'>,
  code: string,
  around: { readonly outbox: Outbox; readonly machine: Machine },
): Promise<Result<DeviceView>> {
  const { store, journal, counter } = context
  const kept = store.upkeep((db) => {
    writeLink(db, { ...readLink(db), code })
    if (standingQuarantine(db) === undefined)
      journal.append(db, { actor: who.code, kind: 'device.codeEntered', subject: counter, body: {} })
    return ok(undefined)
  })
  if (!kept.ok) return kept
  const { fault } = await around.outbox.drain()
  return fault !== undefined && final.includes(fault.code) ? err(fault) : ok(viewDevice(context, around.machine))
}
