/** The kinds of windows that this program opens itself. */
export const windowDoors = ['clerk', 'kiosk', 'board'] as const
export type WindowDoor = (typeof windowDoors)[number]

/** The kinds of windows, stations and programs that may ask the worker. */
export const doorNames = [...windowDoors, 'station', 'cli'] as const
export type Door = (typeof doorNames)[number]
