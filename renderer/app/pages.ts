import type { IconName } from '../ui/icons.ts'

/** Pages of the rail, in its order; `Alt+1` opens the first. A page is named by its words `frame.<name>`. */
export const pages = [
  { name: 'home', path: '/', icon: 'home' },
  { name: 'counter', path: '/counter', icon: 'counter' },
  { name: 'sync', path: '/sync', icon: 'sync' },
  { name: 'devices', path: '/devices', icon: 'devices' },
] as const satisfies readonly { name: string; path: string; icon: IconName }[]

export type PageName = (typeof pages)[number]['name']
