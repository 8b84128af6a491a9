import { openWindow, type ProgramWindow, type WindowOptions } from './openWindow.ts'

/** The window that citizens touch, over the whole screen; until the hall comes it shows what the board shows. */
export const openKioskWindow = (options: WindowOptions): ProgramWindow =>
  openWindow('kiosk', 'board.html', options, { width: 1080, height: 1920, kiosk: true })
