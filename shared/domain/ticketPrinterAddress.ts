/** Where a ticket printer listens, or the device of the kernel that it is; and how many dots its roll is wide. */
export type TicketPrinterAddress = { readonly dots: 576 | 384 } & (
  { readonly host: string; readonly port: number } | { readonly device: string }
)

/** A name, an IPv4 address or an IPv6 address in brackets; a port; `/58` for the narrow roll. */
const form = /^(?:([A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)|\[([0-9A-Fa-f:.]{2,45})\]):(\d{1,5})(\/58)?$/u
/** A printer at the USB of this machine, as Linux names it. */
const usb = /^usb:(\/dev\/usb\/lp\d{1,2})(\/58)?$/u

/**
 * `printer.example:9100`, or `printer.example:9100/58` for a roll of 58 mm; `usb:/dev/usb/lp0`, with `/58` too; nothing
 * where it is none of these.
 */
export function ticketPrinterAddress(text: string): TicketPrinterAddress | undefined {
  const [, device, narrowUsb] = usb.exec(text) ?? []
  if (device !== undefined) return { device, dots: narrowUsb === undefined ? 576 : 384 }
  const [, name, literal, digits, narrow] = form.exec(text) ?? []
  const [host, port] = [name ?? literal, Number(digits)]
  if (host === undefined || port < 1 || port > 65_535) return undefined
  return { host, port, dots: narrow === undefined ? 576 : 384 }
}
