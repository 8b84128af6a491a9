/** Keys as `aria-keyshortcuts` wants them: `Control+K`. */
export const announcedKeys = (keys: string): string => keys.replace('Ctrl', 'Control').replace(/\bEsc\b/u, 'Escape')
