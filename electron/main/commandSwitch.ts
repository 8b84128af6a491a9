/** By which `/usr/bin/guichet` says that what follows is a command: nothing of it is a switch of Chromium's. */
export const commandSwitch = '--guichet-command'
