import { accessSync, constants } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { noBurst, press } from '#renderer/core/wedge.ts'
import { runGuest } from '#tests/emulators/hid/runGuest.ts'
import { texts, type GuestNews } from '#tests/emulators/hid/scenario.ts'

const installed = ['/usr/bin/qemu-system-x86_64', '/bin/busybox', '/usr/bin/gcc'].every((file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
})

/** In a virtual machine, since the kernel of this one may have no /dev/uhid. */
describe.runIf(installed)('devices of a real kernel, read by our drivers', () => {
  let told: readonly GuestNews[] = []
  beforeAll(async () => {
    told = await runGuest()
  }, 180_000)
  const of = <K extends GuestNews['kind']>(kind: K) =>
    told.filter((news): news is Extract<GuestNews, { kind: K }> => news.kind === kind)

  it('are opened by their profiles and no keyboard among them, let go when pulled', () => {
    expect(of('readers').map((news) => news.open)).toEqual([
      ['Emulated MRZ Reader', 'Emulated MRZ Swipe', 'Emulated POS Scanner'],
      ['Emulated MRZ Reader', 'Emulated MRZ Swipe'],
    ])
  })

  it('say each scan whole: a symbol over many reports, a zone line by line, a zone on a serial line, a symbol after plugging again', () => {
    expect(of('scan').map(({ device, text }) => [device, text])).toEqual([
      ['Emulated POS Scanner', texts.seal],
      ['Emulated MRZ Reader', texts.td1.join('\n')],
      ['Emulated MRZ Swipe', texts.td3.join('\n')],
      ['Emulated POS Scanner', texts.number],
    ])
  })

  it("type as a wedge does, which the window's rule recognises by the kernel's own times", () => {
    const [typed] = of('keys')
    let burst = noBurst
    const scans: string[] = []
    for (const { key, at } of typed?.keys ?? []) {
      const step = press(burst, { key, american: key, at }, (text) => text)
      burst = step.burst
      if (step.scan !== undefined) scans.push(step.scan)
    }
    expect(typed?.keys.map(({ key }) => key)).toEqual([...texts.wedge, 'Enter'])
    expect(scans).toEqual([texts.wedge])
  })
})
