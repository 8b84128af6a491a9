import type { Calls } from '#shared/contract/calls.ts'
import type { AccountView } from '#shared/contract/features/accounts/calls.ts'
import type { Handlers } from '#shared/contract/wire.ts'
import { faultOf } from '#shared/fault.ts'
import { err, ok, type Result } from '#shared/result.ts'
import type { DemoState } from './shape.ts'

const day = 86_400_000

/** Accounts in every state that an administrator meets. */
export function demoAccountList(now: Date): AccountView[] {
  const at = (days: number): string => new Date(now.getTime() + days * day).toISOString()
  const usual = { wrongTries: 0, validUntil: at(400), offlineUntil: at(82), cardRequired: false }
  return [
    {
      ...usual,
      login: 'agent',
      name: 'Salma Benjelloun',
      code: 'AG-014',
      roles: ['agent'],
      language: 'fr',
      lastSignInAt: at(-0.1),
      cardRequired: true,
      card: { strength: 'chip', profile: 'icao', boundAt: at(-120), boundBy: 'AD-001' },
    },
    {
      ...usual,
      login: 'agent2',
      name: 'Hicham Ouazzani',
      code: 'AG-021',
      roles: ['agent'],
      language: 'ar',
      lastSignInAt: at(-1.2),
      wrongTries: 0,
      lockedUntil: at(0.0028),
    },
    {
      ...usual,
      login: 'clerk',
      name: 'Youssef El Idrissi',
      code: 'BO-007',
      roles: ['mailClerk'],
      language: 'ar',
      lastSignInAt: at(-3),
      wrongTries: 2,
    },
    {
      ...usual,
      login: 'supervisor',
      name: 'Nadia Chraïbi',
      code: 'SV-003',
      roles: ['supervisor'],
      language: 'fr',
      lastSignInAt: at(-0.4),
      cardRequired: true,
      card: { strength: 'data', profile: 'be-eid', boundAt: at(-30), boundBy: 'AD-001' },
    },
    {
      ...usual,
      login: 'admin',
      name: 'Rachid Amrani',
      code: 'AD-001',
      roles: ['administrator'],
      language: 'fr',
      lastSignInAt: at(-0.01),
    },
    {
      ...usual,
      login: 'auditor',
      name: 'Fatima-Zahra Lahlou',
      code: 'AU-002',
      roles: ['auditor'],
      language: 'fr',
      validUntil: at(6),
      offlineUntil: at(82),
    },
    {
      ...usual,
      login: 'interim',
      name: 'Omar Tazi',
      code: 'AG-030',
      roles: ['agent'],
      language: 'fr',
      validUntil: at(-2),
      lastSignInAt: at(-5),
      cardRequired: true,
    },
    {
      ...usual,
      login: 'ancien',
      name: 'Khadija Bennis',
      code: 'AG-009',
      roles: ['agent'],
      language: 'fr',
      lastSignInAt: at(-40),
      endedAt: at(-12),
    },
  ]
}

/** The acts on accounts, by the rules of the counter. */
export function demoAccountActs(
  state: DemoState,
): Pick<
  Handlers<Calls>,
  | 'account.list'
  | 'account.unlock'
  | 'account.bindCard'
  | 'account.cardPin'
  | 'account.unbindCard'
  | 'account.end'
  | 'reader.setRole'
> {
  const change = (login: string, to: (one: AccountView) => AccountView): Result<AccountView> => {
    const known = state.accounts.find((one) => one.login === login)
    if (known === undefined) return err(faultOf('account.unknown'))
    const changed = to(known)
    state.accounts = state.accounts.map((one) => (one.login === login ? changed : one))
    return ok(changed)
  }
  const now = (): string => new Date().toISOString()
  return {
    'account.list': () => ok({ accounts: state.accounts }),
    'account.unlock': ({ login }) => change(login, ({ lockedUntil: _, ...one }) => ({ ...one, wrongTries: 0 })),
    'account.bindCard': ({ login, pin }) =>
      state.card.state === 'empty' || state.card.state === 'removed'
        ? err(faultOf('card.absent'))
        : change(login, (one) => ({
            ...one,
            card: {
              strength: pin === undefined ? 'data' : 'pin',
              profile: 'be-eid',
              boundAt: now(),
              boundBy: 'AD-001',
            },
          })),
    'account.cardPin': () =>
      state.agentCard.state === 'unknown'
        ? ok({ pinpad: state.pinpad, tries: state.pinTries })
        : err(faultOf('card.cannotSign')),
    'account.unbindCard': ({ login }) => change(login, ({ card: _, ...one }) => one),
    'account.end': ({ login }) => change(login, (one) => ({ ...one, endedAt: now() })),
    'reader.setRole': () => ok({}),
  }
}
