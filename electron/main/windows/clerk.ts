import { screen } from 'electron'
import { onScreen } from './onScreen.ts'
import { openWindow, type ProgramWindow, type WindowOptions } from './openWindow.ts'

const usual = { width: 1440, height: 900, minWidth: 1024, minHeight: 640 } as const

/** The window of whoever works at the counter. */
export const openClerkWindow = (options: WindowOptions): ProgramWindow =>
  openWindow('clerk', '', options, onScreen(usual, screen.getPrimaryDisplay().workAreaSize))
