/**
 * One line of a table (RFC 4180). A cell that a spreadsheet would take for a formula keeps its text and begins with an
 * apostrophe: what a stranger wrote as a subject must not be run on whoever opens the list.
 */
export const csvLine = (cells: readonly string[]): string => cells.map(cell).join(',')

const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
