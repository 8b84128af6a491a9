import type { Permission } from '#shared/domain/roles.ts'
import type { IconName } from '../ui/icons.ts'

/**
 * Pages of the rail, in its order, each with what one must be allowed to do there. A page is named by its words
 * `frame.<name>`.
 */
export const pages = [
  { name: 'home', path: '/', icon: 'home' },
  { name: 'counter', path: '/counter', icon: 'counter', needs: 'serveCitizens' },
  { name: 'corrections', path: '/corrections', icon: 'repair', needs: 'serveCitizens' },
  { name: 'sync', path: '/sync', icon: 'sync', needs: 'seeSync' },
  { name: 'day', path: '/day', icon: 'calendar', needs: 'superviseCounter' },
  { name: 'journal', path: '/journal', icon: 'proof', needs: 'auditJournal' },
  { name: 'accounts', path: '/accounts', icon: 'agent', needs: 'seeAccounts' },
  { name: 'personalData', path: '/personal-data', icon: 'law', needs: 'seePersonalData' },
  { name: 'trust', path: '/trust', icon: 'shieldCheck', needs: 'administerDevice' },
  { name: 'devices', path: '/devices', icon: 'devices' },
] as const satisfies readonly { name: string; path: string; icon: IconName; needs?: Permission }[]

export type Page = (typeof pages)[number]
export type PageName = Page['name']

/** The pages that a person sees; `Alt+1` opens the first of them. */
export const pagesFor = (may: (permission: Permission) => boolean): readonly Page[] =>
  pages.filter((page) => !('needs' in page) || may(page.needs))
