/** Digits of an appointment as they are typed, without what every number begins with. */
export const longestNumber = 6
const shortestNumber = 4

/** The number of an appointment (`R0241`) from its digits. */
export const appointmentOf = (digits: string): string => `R${digits.padStart(shortestNumber, '0')}`

/** The number of an appointment in what a reader read: alone, or within a longer text. */
export const appointmentIn = (scanned: string): string | undefined =>
  /(?:^|[^A-Z0-9])(R\d{4,6})(?![A-Z0-9])/iu.exec(scanned)?.[1]?.toUpperCase()

/** What is told to a person, by the fault; what is none of these sends to the desk. */
const told: Readonly<Record<string, 'unknown' | 'otherDay' | 'noneToday' | 'used' | 'closed' | 'paper' | 'card'>> = {
  'appointment.unknown': 'unknown',
  'appointment.otherDay': 'otherDay',
  'appointment.noneToday': 'noneToday',
  'appointment.noKey': 'card',
  'appointment.state': 'used',
  'ticket.service': 'closed',
  'ticket.serviceClosed': 'closed',
  'ticket.noPaper': 'paper',
}
export const troubleOf = (code: string) => told[code] ?? 'desk'
