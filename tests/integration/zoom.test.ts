import { nothingCut } from './axeScreens.ts'

// What is in rows and chips, at the zoom of who sees badly.
nothingCut([
  { name: 'hall', demo: 'hall', path: '/hall' },
  { name: 'hall with an alarm', demo: 'hallAlarm', path: '/hall' },
  { name: 'hall whose agent left', demo: 'hallLeft', path: '/hall' },
  { name: 'history and forecast', demo: 'hall', path: '/hall?part=history' },
  { name: 'counter with its line', demo: 'hallAgent', path: '/counter' },
  { name: 'counter', demo: 'typical', path: '/counter' },
  { name: 'home', demo: 'typical', path: '/home' },
  { name: 'book', demo: 'hall', path: '/appointments' },
  { name: 'registers', demo: 'mail', path: '/mail' },
  { name: 'what is owed', demo: 'mail', path: '/mail', touches: ['mail-tab-due'] },
  { name: 'the folder of the chief', demo: 'mail', path: '/mail', touches: ['mail-tab-folder'] },
  { name: 'entry', demo: 'mail', path: '/mail', touches: ['mail-tab-entry'] },
  { name: 'slips', demo: 'mail', path: '/mail', touches: ['mail-tab-slips'] },
  { name: 'closing', demo: 'mail', path: '/mail', touches: ['mail-tab-closing'] },
])
