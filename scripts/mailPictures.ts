import type { Picture } from './picture.ts'

/** From the search box of the mail office to its stacks. */
const toStack = ['Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Enter'] as const

/** From the search box to what is owed. */
const toDue = ['Shift+Tab', 'Shift+Tab', ...toStack] as const
/** From the search box to the chief's folder. */
const toFolder = ['Shift+Tab', ...toDue] as const

/** From the closing of the registers to their archive. */
const toArchive = ['mail-tab-closing', 'mail-archive'] as const

/** The screens of the mail office. */
export const mailPictures: readonly Picture[] = [
  { name: 'mail', demo: 'mail', path: '/mail' },
  { name: 'mail-search', demo: 'mail', path: '/mail', keys: ['type:bennani', 'ArrowDown', 'ArrowDown'] },
  { name: 'mail-nothing', demo: 'mail', path: '/mail', keys: ['type:xyz'] },
  { name: 'mail-waits', demo: 'mail', path: '/mail', keys: ['F4'] },
  { name: 'mail-route', demo: 'mail', path: '/mail', keys: ['F4', 'F10'] },
  { name: 'mail-cancel', demo: 'mail', path: '/mail', keys: ['F4', 'Enter', 'Delete'] },
  { name: 'mail-empty', demo: 'mailEmpty', path: '/mail' },
  { name: 'mail-fault', demo: 'mailFault', path: '/mail' },
  { name: 'mail-reader', demo: 'mailReader', path: '/mail' },
  { name: 'mail-folder', demo: 'mail', path: '/mail', keys: toFolder },
  { name: 'mail-folder-route', demo: 'mail', path: '/mail', keys: [...toFolder, 'F10'] },
  { name: 'mail-folder-empty', demo: 'mailEmpty', path: '/mail', keys: toFolder },
  { name: 'mail-due', demo: 'mail', path: '/mail', keys: toDue },
  { name: 'mail-due-empty', demo: 'mailEmpty', path: '/mail', keys: toDue },
  { name: 'mail-due-fault', demo: 'mailFault', path: '/mail', keys: toDue },
  { name: 'mail-entry', demo: 'mail', path: '/mail', keys: ['F9'] },
  { name: 'mail-entry-sender', demo: 'mail', path: '/mail', keys: ['F9', 'type:wil'] },
  {
    name: 'mail-entry-like',
    demo: 'mail',
    path: '/mail',
    keys: ['F9', 'type:wil', 'Enter', 'type:WRSK/SG/4502', 'Enter', 'type:19/11', 'Enter', 'type:Circulaire'],
    until: '[data-testid=entry-likes]',
  },
  {
    name: 'mail-entry-hijri',
    demo: 'mail',
    path: '/mail',
    keys: ['F9', 'type:Mme Zahra Alami', 'Tab', 'Tab', 'type:01/06/1448'],
  },
  {
    name: 'mail-entry-done',
    demo: 'mail',
    path: '/mail',
    keys: [
      ...['F9', 'type:wil', 'Enter', 'type:WRSK/SG/4510', 'Enter', 'type:19/11', 'Enter', 'type:Note de service'],
      ...['Control+Enter', 'type:tres', 'Enter', 'type:TP/57', 'Enter', 'type:20', 'Enter', 'type:Mandats'],
      'Control+Enter',
    ],
    until: '[data-testid=entry-number]',
  },
  {
    name: 'mail-reply',
    demo: 'mail',
    path: '/mail',
    keys: ['type:CF/2026/3398', 'Control+e', 'Control+n'],
    until: '[data-testid=open-references]',
  },
  {
    name: 'mail-reply-models',
    demo: 'mail',
    path: '/mail',
    keys: ['type:CF/2026/3398', 'Control+e', 'Control+n', 'Control+p'],
    until: '[data-testid=open-references]',
  },
  { name: 'mail-post', demo: 'mail', path: '/mail', touches: ['figure-departure'] },
  { name: 'mail-departures', demo: 'mail', path: '/mail', keys: ['F9', 'Control+d', 'Control+n'] },
  { name: 'mail-entry-missing', demo: 'mail', path: '/mail', keys: ['F9', 'Control+Enter'] },
  { name: 'mail-stack-start', demo: 'mail', path: '/mail', keys: toStack },
  { name: 'mail-stack-balance', demo: 'mail', path: '/mail', keys: [...toStack, 'file:pile-matin.pdf', 'type:9'] },
  {
    name: 'mail-stack',
    demo: 'mail',
    path: '/mail',
    keys: [...toStack, 'file:pile-matin.pdf', 'type:9', 'Enter', 'ArrowDown', 'ArrowDown', 'ArrowDown'],
  },
  {
    name: 'mail-stack-doubt',
    demo: 'mail',
    path: '/mail',
    keys: [
      ...toStack,
      'file:pile-matin.pdf',
      'type:8',
      'Enter',
      ...Array.from({ length: 5 }, () => 'ArrowDown'),
      'Enter',
    ],
  },
  { name: 'mail-stack-joins', demo: 'mail', path: '/mail', keys: [...toStack, 'file:signée.pdf:40', 'Enter'] },
  {
    name: 'mail-stack-joined',
    demo: 'mail',
    path: '/mail',
    keys: [...toStack, 'file:signée.pdf:40', 'Enter', 'Control+Enter'],
  },
  {
    name: 'mail-stack-done',
    demo: 'mail',
    path: '/mail',
    keys: [...toStack, 'file:pile-matin.pdf', 'Enter', 'Control+Shift+Enter', 'Home'],
    until: '[data-testid=stack-number]',
  },
  { name: 'mail-slips', demo: 'mail', path: '/mail', keys: ['Shift+Tab', 'Shift+Tab', 'Shift+Tab', 'Enter'] },
  { name: 'mail-closing', demo: 'mail', path: '/mail', keys: ['Shift+Tab', 'Shift+Tab', 'Enter'] },
  {
    name: 'mail-close-ask',
    demo: 'mail',
    path: '/mail',
    keys: ['Shift+Tab', 'Shift+Tab', 'Enter', 'Control+Enter'],
  },
  { name: 'mail-archive', demo: 'mail', path: '/mail', touches: toArchive, until: '[data-testid=archive-lines]' },
  {
    name: 'mail-archive-lists',
    demo: 'mail',
    path: '/mail',
    touches: toArchive,
    keys: ['F10'],
    until: '[data-testid=archive-list]',
  },
  {
    name: 'mail-archive-chief',
    demo: 'mailChief',
    path: '/mail',
    touches: toArchive,
    keys: ['F10'],
    until: '[data-testid=archive-approve], [data-testid=archive-receive]',
  },
  {
    name: 'mail-archive-approve',
    demo: 'mailChief',
    path: '/mail',
    touches: toArchive,
    keys: ['F10', 'ArrowDown', 'Tab', 'Tab', 'Enter', 'Control+Enter'],
    until: 'dialog[open]',
  },
  { name: 'mail-archive-empty', demo: 'mailEmpty', path: '/mail', touches: toArchive },
  { name: 'mail-archive-fault', demo: 'mailFault', path: '/mail', touches: toArchive },
  { name: 'mail-digital', demo: 'mailDigital', path: '/mail' },
  {
    name: 'mail-digital-entry',
    demo: 'mailDigital',
    path: '/mail',
    keys: ['Control+u'],
    until: '[data-testid=entry-digital]',
  },
  { name: 'mail-figures', demo: 'mail', path: '/mail', keys: ['Shift+Tab', 'Enter'] },
  { name: 'mail-takeover', demo: 'mail', path: '/mail', keys: ['Shift+Tab', 'Enter', 'Tab', 'Enter'] },
]
