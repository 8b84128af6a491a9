/** The folder of the logs inside a data folder. */
export const logFolder = (dataDir: string): string => `${dataDir}/logs`

/** The log that is written now; older ones lie beside it as `guichet.log.1` and so on. */
export const logFile = (dataDir: string): string => `${logFolder(dataDir)}/guichet.log`

/** A line is cut here, in characters: what is longer is data. */
const longest = 240

/**
 * What may stand in the log of a line that anybody wrote: what is quoted is masked, so are long figures and addresses,
 * and a path is its last part: folders bear the names of people. Nothing is left of a line that is only that.
 */
export function logLine(line: string): string {
  return (
    line
      // Control characters would forge lines or colours.
      .replace(/\p{Cc}/gu, ' ')
      .replace(/"[^"]*"|'[^']*'|«[^»]*»|“[^”]*”|`[^`]*`/gu, '"*"')
      .replace(/\b(?:file|https?|app):\/\/[^\s)]*\/([^\s/)]+)/gu, '$1')
      .replace(/(?:[A-Za-z]:)?(?:[\\/][^\\/\s():]+)+[\\/]([^\\/\s():]+)/gu, '$1')
      .replace(/[\w.+-]+@[\w-]+\.[\w.]+/gu, '*')
      .replace(/\d{5,}/gu, '*')
      .slice(0, longest)
      .trimEnd()
  )
}
