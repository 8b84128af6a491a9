import { nothingToFind } from './axeScreens.ts'

/** A fingerprint that is none of the platform's, as it is typed. */
const groups = ['4tkw', '9q2m', 'hx7d', '0bzr', '6vne', '51jc', 'gpa8', 'y3f1']

// Before anybody is signed in, the frame, and the counter.
nothingToFind([
  { name: 'login', demo: 'login', path: '/' },
  { name: 'refused login', demo: 'login', path: '/', keys: ['agent', 'Enter', 'wrong', 'Enter'] },
  { name: 'login with a known card', demo: 'loginCard', path: '/' },
  { name: 'login with a card and its PIN', demo: 'loginPin', path: '/', keys: ['wrong', 'Enter', '9999', 'Enter'] },
  { name: 'login with a card of nobody', demo: 'loginUnknown', path: '/' },
  { name: 'locked', demo: 'locked', path: '/' },
  { name: 'new passphrase', demo: 'create', path: '/' },
  { name: 'passphrase', demo: 'unlock', path: '/' },
  { name: 'first start', demo: 'office', path: '/' },
  { name: 'first start without its file', demo: 'office', path: '/', keys: ['Tab', '4tkw', 'Enter'] },
  { name: 'first start with a wrong fingerprint', demo: 'office', path: '/', file: 300, keys: [...groups, 'Enter'] },
  { name: 'failed start', demo: 'failed', path: '/' },
  { name: 'refused rescue', demo: 'failed', path: '/', keys: ['Tab', 'Tab', 'chef', 'Tab', 'wrong', 'Enter'] },
  { name: 'home', demo: 'typical', path: '/' },
  { name: 'empty home', demo: 'empty', path: '/' },
  { name: 'home with faults', demo: 'faults', path: '/' },
  { name: 'home with long names', demo: 'longNames', path: '/' },
  { name: 'command palette', demo: 'typical', path: '/', keys: ['Control+k'] },
  { name: 'sheet of shortcuts', demo: 'typical', path: '/', keys: ['?'] },
  { name: 'print again', demo: 'typical', path: '/', keys: ['F8'] },
  { name: 'counter', demo: 'typical', path: '/counter' },
  { name: 'empty counter', demo: 'empty', path: '/counter' },
  { name: 'counter with faults', demo: 'faults', path: '/counter' },
  { name: 'counter before a closed chip', demo: 'accessNeeded', path: '/counter' },
  { name: 'counter after a wrong access number', demo: 'accessRefused', path: '/counter' },
  { name: 'counter before a chip that says nothing', demo: 'chipSilent', path: '/counter' },
  { name: 'drawer of simulated cards', demo: 'drawer', path: '/counter' },
  { name: 'counter with the word of a program', demo: 'declared', path: '/counter' },
  { name: 'counter with a copied chip', demo: 'icaoCopy', path: '/counter' },
  { name: 'signature of the citizen', demo: 'pieces', path: '/counter', keys: ['s'] },
  { name: 'signature with a wrong PIN', demo: 'pieces', path: '/counter', keys: ['s', '9999', 'Enter'] },
  { name: 'counter with long names', demo: 'longNames', path: '/counter' },
  { name: 'face compared', demo: 'typical', path: '/counter', keys: ['F9'] },
  { name: 'earlier deposits', demo: 'typical', path: '/counter', keys: ['F5'] },
])
