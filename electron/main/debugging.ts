/**
 * Switches of Chromium and Node by which another program of the desk drives the window, reads what it shows, or runs code
 * in it. A released program does not start with any of them.
 */
const debugging = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'auto-open-devtools-for-tabs',
  'enable-automation',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
  'js-flags',
  'load-extension',
] as const

/** The switches that a released program was started with and refuses; none while it is developed. */
export const refusedSwitches = (packaged: boolean, has: (name: string) => boolean): readonly string[] =>
  packaged ? debugging.filter((name) => has(name)) : []
