import { openWindow, type ProgramWindow, type WindowOptions } from './openWindow.ts'

/** The window that citizens touch, over the whole screen, without a way out of it. */
export const openKioskWindow = (options: WindowOptions): ProgramWindow =>
  openWindow('kiosk', 'kiosk.html', options, { width: 1080, height: 1920, kiosk: true }, { locked: true })
