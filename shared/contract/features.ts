/**
 * The features of the program, one line for each: `calls.ts`, `events.ts`, `acts.ts` and `papers.ts` join what the
 * `feature.ts` of each exports under these names. A feature without acts or papers exports none.
 */
export * as app from './features/app/feature.ts'
export * as session from './features/session/feature.ts'
export * as accounts from './features/accounts/feature.ts'
export * as home from './features/home/feature.ts'
export * as intake from './features/intake/feature.ts'
export * as catalogue from './features/catalogue/feature.ts'
export * as papers from './features/papers/feature.ts'
export * as devices from './features/devices/feature.ts'
export * as sync from './features/sync/feature.ts'
export * as complement from './features/complement/feature.ts'
export * as corrections from './features/corrections/feature.ts'
export * as hall from './features/hall/feature.ts'
export * as mail from './features/mail/feature.ts'
export * as closing from './features/closing/feature.ts'
export * as journal from './features/journal/feature.ts'
export * as personalData from './features/personalData/feature.ts'
export * as trust from './features/trust/feature.ts'
