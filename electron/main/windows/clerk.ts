import { openWindow, type ProgramWindow, type WindowOptions } from './openWindow.ts'

/** The window of whoever works at the counter. */
export const openClerkWindow = (options: WindowOptions): ProgramWindow =>
  openWindow('clerk', '', options, { width: 1440, height: 900, minWidth: 1024, minHeight: 640 })
