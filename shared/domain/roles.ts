import { z } from 'zod'

export const roles = ['agent', 'mailClerk', 'supervisor', 'administrator', 'auditor'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** What a person may do; calls name one permission each (`shared/contract/calls.ts`). */
export const permissions = [
  'serveCitizens',
  'reprintReceipts',
  'seeSync',
  'superviseCounter',
  'administerDevice',
  'choosePrinter',
  'auditJournal',
  'seeAccounts',
  'manageAccounts',
  'readReceipts',
  'seePersonalData',
  'answerPeople',
  'readMail',
  'keepMail',
  'routeMail',
  'closeMail',
  'archiveMail',
  'useHall',
  'runHall',
] as const
export type Permission = (typeof permissions)[number]

const table: Readonly<Record<Role, readonly Permission[]>> = {
  agent: ['serveCitizens', 'reprintReceipts', 'readReceipts', 'seeSync', 'choosePrinter', 'readMail', 'useHall'],
  mailClerk: ['readMail', 'keepMail', 'routeMail', 'closeMail', 'seeSync', 'choosePrinter'],
  supervisor: [
    'serveCitizens',
    'readMail',
    'keepMail',
    'routeMail',
    'closeMail',
    'archiveMail',
    'reprintReceipts',
    'readReceipts',
    'seePersonalData',
    'answerPeople',
    'seeSync',
    'choosePrinter',
    'superviseCounter',
    'auditJournal',
    'seeAccounts',
    'useHall',
    'runHall',
  ],
  administrator: [
    'seeSync',
    'choosePrinter',
    'administerDevice',
    'seePersonalData',
    'answerPeople',
    'seeAccounts',
    'manageAccounts',
  ],
  // Reads and exports; changes nothing.
  auditor: ['auditJournal', 'readReceipts', 'seePersonalData', 'readMail'],
}

/** Whether any of a person's roles grants a permission. */
export const allows = (held: readonly Role[], wanted: Permission): boolean =>
  held.some((one) => table[one].includes(wanted))
