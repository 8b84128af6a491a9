/** Where a ticket printer listens, and how many dots its roll is wide. */
export interface TicketPrinterAddress {
  readonly host: string
  readonly port: number
  readonly dots: 576 | 384
}

/** A name, an IPv4 address or an IPv6 address in brackets; a port; `/58` for the narrow roll. */
const form = /^(?:([A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)|\[([0-9A-Fa-f:.]{2,45})\]):(\d{1,5})(\/58)?$/u

/** `printer.example:9100`, or `printer.example:9100/58` for a roll of 58 mm; nothing where it is no such address. */
export function ticketPrinterAddress(text: string): TicketPrinterAddress | undefined {
  const [, name, literal, digits, narrow] = form.exec(text) ?? []
  const [host, port] = [name ?? literal, Number(digits)]
  if (host === undefined || port < 1 || port > 65_535) return undefined
  return { host, port, dots: narrow === undefined ? 576 : 384 }
}
