import { z } from 'zod'

export const roles = ['agent', 'mailClerk', 'supervisor', 'administrator'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** What a person may do; calls name one permission each (`shared/contract/calls.ts`). */
export const permissions = ['serveCitizens', 'reprintReceipts', 'seeSync', 'superviseCounter', 'administerDevice'] as const
export type Permission = (typeof permissions)[number]

const table: Readonly<Record<Role, readonly Permission[]>> = {
  agent: ['serveCitizens', 'reprintReceipts', 'seeSync'],
  mailClerk: ['seeSync'],
  supervisor: ['serveCitizens', 'reprintReceipts', 'seeSync', 'superviseCounter'],
  administrator: ['seeSync', 'administerDevice'],
}

/** Whether any of a person's roles grants a permission. */
export const allows = (held: readonly Role[], wanted: Permission): boolean => held.some((one) => table[one].includes(wanted))
