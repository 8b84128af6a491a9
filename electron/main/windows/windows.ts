import type { MessagePortMain } from 'electron'
import type { WindowDoor } from '#shared/contract/doorNames.ts'
import { openBoardWindow } from './board.ts'
import { openClerkWindow } from './clerk.ts'
import { openKioskWindow } from './kiosk.ts'
import type { ProgramWindow, WindowOptions } from './openWindow.ts'

const openers = { clerk: openClerkWindow, board: openBoardWindow, kiosk: openKioskWindow } as const

/** All windows of the program, each with a number for life. */
export interface ProgramWindows {
  open: (door: WindowDoor) => ProgramWindow
  /** Gives each window, open now or later, a port to the worker; called again when the worker is a new one. */
  connect: (port: (window: number, door: WindowDoor) => MessagePortMain) => void
  focus: () => void
  /** Over the clerk's window that is open longest; nothing where there is none. */
  chooseFile: (name: string) => Promise<string | undefined>
}

/** No window yet. `onClosed` hears the number of a window that was closed for good. */
export function createProgramWindows(options: WindowOptions, onClosed: (window: number) => void): ProgramWindows {
  const opened = new Map<number, ProgramWindow>()
  let last = 0
  let reach: ((window: number, door: WindowDoor) => MessagePortMain) | undefined
  const join = (number: number, window: ProgramWindow): void => {
    const to = reach
    if (to !== undefined) window.connect(() => to(number, window.door))
  }
  const clerk = (): ProgramWindow | undefined => [...opened.values()].find(({ door }) => door === 'clerk')
  return {
    open(door) {
      const number = (last += 1)
      const window = openers[door](options)
      opened.set(number, window)
      window.onClosed(() => {
        opened.delete(number)
        onClosed(number)
      })
      join(number, window)
      return window
    },
    connect(port) {
      reach = port
      for (const [number, window] of opened) join(number, window)
    },
    focus: () => clerk()?.focus(),
    chooseFile: (name) => clerk()?.chooseFile(name) ?? Promise.resolve(undefined),
  }
}
