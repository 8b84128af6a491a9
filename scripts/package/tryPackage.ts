import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../runtime.ts'
import { bareRoot } from './bareRoot.ts'
import { installing } from './trial/installing.ts'
import { leaving } from './trial/leaving.ts'
import { openOffice } from './trial/office.ts'
import { updating } from './trial/updating.ts'
import { working } from './trial/working.ts'

/**
 * Installs a package in a bare Debian 12 and uses it as an office would: missing dependencies mended, commands without
 * a display as user and as root, settings and office file provisioned, the window as a user with Chromium's sandbox on,
 * enrolment through a proxy and a front with the administration's own certificate, a card read, a receipt printed and
 * sent, an upgrade over acts and the way back, recovery, a move, remove and purge. Prints a line for each; throws when
 * one fails.
 */
export async function tryPackage(deb: string): Promise<void> {
  if (!existsSync(deb)) throw new Error(`${deb} is not there: make it first`)
  const base = join(root, '.cache/package-try/base')
  const machine = bareRoot(base, join(root, '.cache/package-try/machine'))
  const office = await openOffice()
  try {
    for (const step of [...installing(deb), ...working(office), ...updating(deb), ...leaving()]) {
      const began = performance.now()
      const wrong = await step.run(machine)
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(`${wrong === undefined ? 'ok  ' : 'FAIL'} ${step.says} (${seconds} s)`)
      if (wrong === undefined) continue
      console.log(wrong)
      throw new Error('the package does not do on a bare machine what it should')
    }
  } finally {
    await office.close()
    machine.remove()
  }
}
