/**
 * Makers of readers by their USB vendor identifier (usb.ids, linux-usb.org). `documents`: they make readers of
 * machine-readable zones, whose raw reports and
 * serial lines are read even when the device does not say in its name what it is.
 */
export interface Vendor {
  readonly id: number
  readonly name: string
  readonly documents?: true
}

/** The one table: what is opened, and whom the udev rule lets desk users read (`resources/udev`, written from it). */
export const vendors: readonly Vendor[] = [
  { id: 0x0536, name: 'Hand Held Products (Honeywell)' },
  { id: 0x05e0, name: 'Symbol (Zebra)' },
  { id: 0x05f9, name: 'PSC (Datalogic)' },
  { id: 0x0c2e, name: 'Metrologic (Honeywell)' },
  { id: 0x0db5, name: 'Access-IS', documents: true },
  { id: 0x1eab, name: 'Newland' },
]

/** Whether a maker's raw and serial devices are readers of zones. */
export const readsDocuments = (vendorId: number | undefined): boolean =>
  vendors.some((one) => one.id === vendorId && one.documents === true)

/** Where the rule has to lie for udev to find it. */
export const udevRule = '70-guichet-readers.rules'

/** The rule for udev: whoever sits at the desk may read these readers, raw and serial ones. */
export function udevRules(): string {
  const hex = (id: number): string => id.toString(16).padStart(4, '0')
  return [
    '# Lets the user at the desk read code and document readers (Guichet). Copy to /etc/udev/rules.d, then:',
    '#   udevadm control --reload && udevadm trigger',
    ...vendors.flatMap(({ id, name }) => [
      `# ${name}`,
      `SUBSYSTEM=="hidraw", ATTRS{idVendor}=="${hex(id)}", TAG+="uaccess"`,
      `SUBSYSTEM=="tty", ATTRS{idVendor}=="${hex(id)}", TAG+="uaccess"`,
    ]),
    '',
  ].join('\n')
}
