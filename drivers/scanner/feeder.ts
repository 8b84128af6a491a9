/**
 * What takes a whole stack from a scanner, both sides where it can, as arguments of `scanimage`; nothing where the scanner
 * names no feeder. Backends call it as they like: `--source ADF|ADF Duplex`, `--source Automatic Document Feeder(left
 * aligned,Duplex)`, `--adf-mode Simplex|Duplex`.
 * @param options what `scanimage -A` prints of the scanner
 */
export function feederArguments(options: string): readonly string[] | undefined {
  const sources = choicesOf(options, 'source').filter(
    (one) => /\badf\b|feeder|duplex/iu.test(one) && !/back/iu.test(one),
  )
  const source = sources.find((one) => /duplex|both/iu.test(one)) ?? sources[0]
  if (source === undefined) return undefined
  const sides = ['adf-mode', 'adf_mode'].flatMap((name) => {
    const both = choicesOf(options, name).find((one) => /duplex/iu.test(one))
    return both === undefined ? [] : [`--${name}=${both}`]
  })
  const duplex = /^\s*--duplex\[=\(yes\|no\)\] \[(?:yes|no)\]/mu.test(options) ? ['--duplex=yes'] : []
  return [`--source=${source}`, ...sides, ...duplex]
}

/** The words that an option takes; none where it is not there. `[inactive]` options may wake up with their source. */
function choicesOf(options: string, name: string): readonly string[] {
  const line = new RegExp(`^\\s*--${name} (.+?)(?: \\[[^\\]]*\\])*$`, 'mu').exec(options)?.[1]
  return line === undefined ? [] : line.split('|').map((one) => one.trim())
}
