import { nothingToFind } from './axeScreens.ts'

const toArchive = ['mail-tab-closing', 'mail-archive']

// The mail office, part by part.
nothingToFind([
  { name: 'registers', demo: 'mail', path: '/mail' },
  { name: 'a letter that is found', demo: 'mail', path: '/mail', keys: ['bennan', 'ArrowDown'] },
  { name: 'no letter that fits', demo: 'mail', path: '/mail', keys: ['xyz'] },
  { name: 'an older register', demo: 'mail', path: '/mail', keys: ['2019'] },
  { name: 'a letter to be routed', demo: 'mail', path: '/mail', keys: ['F4', 'F10'] },
  { name: 'a letter to be cancelled', demo: 'mail', path: '/mail', keys: ['F4', 'Enter', 'Delete', 'Control+Enter'] },
  { name: 'registers of an agent', demo: 'mailReader', path: '/mail' },
  { name: 'empty registers', demo: 'mailEmpty', path: '/mail' },
  { name: 'registers that cannot be read', demo: 'mailFault', path: '/mail' },
  { name: 'entry', demo: 'mail', path: '/mail', keys: ['F9'] },
  { name: 'a sender that is proposed', demo: 'mail', path: '/mail', keys: ['F9', 'wil'] },
  { name: 'entry without what it needs', demo: 'mail', path: '/mail', keys: ['F9', 'Control+Enter'] },
  { name: 'a reply with its reference', demo: 'mail', path: '/mail', keys: ['3398', 'Control+e', 'Control+n'] },
  { name: 'models of a reply', demo: 'mail', path: '/mail', keys: ['3398', 'Control+e', 'Control+p'] },
  { name: 'what is owed', demo: 'mail', path: '/mail', touches: ['mail-tab-due'] },
  { name: 'nothing that is owed', demo: 'mailEmpty', path: '/mail', touches: ['mail-tab-due'] },
  { name: 'what is owed, unread', demo: 'mailFault', path: '/mail', touches: ['mail-tab-due'] },
  { name: 'the folder of the chief', demo: 'mail', path: '/mail', touches: ['mail-tab-folder'] },
  { name: 'a letter of the folder', demo: 'mail', path: '/mail', touches: ['mail-tab-folder'], keys: ['F10'] },
  { name: 'an empty folder', demo: 'mailEmpty', path: '/mail', touches: ['mail-tab-folder'] },
  { name: 'slips', demo: 'mail', path: '/mail', keys: ['Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Enter'] },
  {
    name: 'closing of the registers',
    demo: 'mail',
    path: '/mail',
    keys: ['Shift+Tab', 'Shift+Tab', 'Enter', 'Control+Enter'],
  },
  { name: 'the archive', demo: 'mailChief', path: '/mail', touches: toArchive },
  { name: 'lists of the archive', demo: 'mailChief', path: '/mail', touches: toArchive, keys: ['F10'] },
  { name: 'an empty archive', demo: 'mailEmpty', path: '/mail', touches: toArchive },
  { name: 'figures of the registers', demo: 'mail', path: '/mail', keys: ['Shift+Tab', 'Enter'] },
])
