/** Waits are told in steps of this many minutes, upwards: a person who is called early is content. */
const step = 5

/** Minutes of waiting as a person is told them, on a screen and on paper; none is none. */
export const roundedWait = (minutes: number): number => Math.ceil(minutes / step) * step
