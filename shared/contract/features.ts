/**
 * What the program can be asked, one line for each feature: `calls.ts` and `events.ts` join what these files export as
 * `calls` and `events`.
 */
export * as app from './features/app.ts'
export * as session from './features/session.ts'
export * as accounts from './features/accounts.ts'
export * as home from './features/home.ts'
export * as intake from './features/intake.ts'
export * as catalogue from './features/catalogue.ts'
export * as papers from './features/papers.ts'
export * as devices from './features/devices.ts'
export * as sync from './features/sync.ts'
export * as corrections from './features/corrections.ts'
export * as closing from './features/closing.ts'
export * as journal from './features/journal.ts'
export * as personalData from './features/personalData.ts'
export * as trust from './features/trust.ts'
