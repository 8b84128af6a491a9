import type { Devices } from '#electron/worker/core/workerOptions.ts'
import { faultOf } from '#shared/fault.ts'
import { err } from '#shared/result.ts'

const down = err(faultOf('devices.down', 'this command uses no device'))

/** For commands that touch no hardware: nothing is looked for, and jobs stay where they are. */
export const noDevices: Devices = {
  cards: {
    list: () => Promise.resolve(down),
    watch: () => () => undefined,
    read: () => Promise.resolve(down),
    signState: () => Promise.resolve(down),
    sign: () => Promise.resolve(down),
    close: () => Promise.resolve(),
  },
  signers: {
    installed: () => Promise.resolve(down),
    examine: () => Promise.resolve(down),
    believe: () => Promise.resolve(down),
  },
  printer: {
    list: () => Promise.resolve(down),
    submit: () => Promise.resolve(down),
    outcome: () => Promise.resolve(down),
  },
  scans: { watch: () => () => undefined, list: () => Promise.resolve(down) },
  scanner: {
    list: () => Promise.resolve(down),
    scan: () => Promise.resolve(down),
    scanStack: () => Promise.resolve(down),
  },
}
