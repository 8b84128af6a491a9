import { hash } from '@node-rs/argon2'
import type { Role } from '#shared/domain/roles.ts'
import { ok } from '#shared/result.ts'
import type { SignedIn } from '#electron/worker/core/context.ts'
import { saveAccount } from '#electron/worker/core/rows/accounts.ts'
import type { Store } from '#electron/worker/store/open.ts'
import { valueOf } from './register.ts'

/** The password of everybody in the registers of the tests. */
export const testPassword = 'guichet-demo'

/** Puts people into a register; the verifier is the cheapest one, since nobody attacks it. */
export async function withPeople(store: Store, people: Readonly<Record<string, readonly [code: string, role: Role]>>) {
  const verifier = await hash(testPassword, { memoryCost: 64, timeCost: 1 })
  valueOf(
    store.tx((db) => {
      for (const [login, [code, role]] of Object.entries(people))
        saveAccount(db, {
          login,
          name: login,
          code,
          roles: [role],
          language: 'fr',
          verifier,
          validUntil: '2099-01-01T00:00:00.000Z',
        })
      return ok(undefined)
    }),
  )
}

/** A supervisor at the counter. */
export const aSupervisor: SignedIn = {
  view: {
    login: 'supervisor',
    name: 'N. C.',
    roles: ['supervisor'],
    language: 'fr',
    since: '2026-11-21T08:00:00.000Z',
  },
  code: 'CS-002',
}
