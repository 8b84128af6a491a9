import type { Role } from './roles.ts'

/**
 * The accounts of the embedded default (`resources/seed/accounts.json`), as the login screen offers them in demo mode
 * only.
 */
export const demoAccounts: readonly { readonly login: string; readonly password: string; readonly role: Role }[] = [
  { login: 'agent', password: 'guichet-demo', role: 'agent' },
  { login: 'clerk', password: 'guichet-demo', role: 'mailClerk' },
  { login: 'supervisor', password: 'guichet-demo', role: 'supervisor' },
  { login: 'admin', password: 'guichet-demo', role: 'administrator' },
  { login: 'auditor', password: 'guichet-demo', role: 'auditor' },
]
