import { openWindow, type ProgramWindow, type WindowOptions } from './openWindow.ts'

/** The window that the hall looks at: nobody works at it. */
export const openBoardWindow = (options: WindowOptions): ProgramWindow =>
  openWindow('board', 'board.html', options, { width: 1280, height: 720, autoHideMenuBar: true }, { speaks: true })
