import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The report descriptor of a hidraw node, which Linux shows in a file; undefined on other systems. */
export const readDescriptor = (path: string): Promise<Uint8Array | undefined> =>
  readFile(join('/sys/class/hidraw', basename(path), 'device/report_descriptor')).catch(() => undefined)
