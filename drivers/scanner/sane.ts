import { faultOf, type Fault } from '#shared/fault.ts'
import type { Scanner } from '#shared/ports/scanner.ts'
import { err, ok, type Result } from '#shared/result.ts'
import { feederArguments } from './feeder.ts'
import { runBounded, type Ended } from './run.ts'
import { takePages } from './takePages.ts'

/** Legible for text, small enough to send: dots per inch. */
const resolution = 200
/** A4 in colour at 600 dpi, uncompressed noise at worst, stays below, in bytes. */
const pageLimit = 64 * 1024 * 1024
/** Backends look for scanners on the network; a slow flatbed takes a minute for a page. In milliseconds. */
const patience = { list: 30_000, scan: 180_000 } as const
/** As a split stack has at most, and what a wire carries of it, in pages and bytes. */
const stackLimit = { pages: 500, bytes: 300 * 1024 * 1024 } as const
/** What scanimage ends with: SANE_STATUS_NO_DOCS (SANE standard, 4.2.7). */
const feederEmpty = 7

interface Found {
  readonly name: string
  readonly description: string
}

/**
 * Document scanners through SANE's own program `scanimage`: its backends are separate code of many vendors, which must
 * never run inside this process. Faults: scanner.none, scanner.failed (with the backend's own words), call.cancelled.
 */
export function openSaneScanners(options: { readonly env?: NodeJS.ProcessEnv } = {}): Scanner {
  const { env = process.env } = options

  const list = async (signal?: AbortSignal): Promise<Result<readonly Found[]>> => {
    const ended = await runBounded(
      'scanimage',
      ['-f', '%d\t%v %m%n'],
      { ms: patience.list, bytes: 1024 * 1024, ...(signal && { signal }) },
      env,
    )
    return ended.kind === 'exit' && ended.code === 0 ? ok(parseList(ended.out.toString('utf8'))) : err(faultFor(ended))
  }

  return {
    list: () => list(),
    scan: async ({ scanner, signal }) => {
      const name = scanner === undefined ? await first(list(signal)) : ok(scanner)
      if (!name.ok) return name
      const page = (wishes: readonly string[]): Promise<Ended> =>
        runBounded(
          'scanimage',
          [`--device-name=${name.value}`, '--format=jpeg', ...wishes],
          { ms: patience.scan, bytes: pageLimit, ...(signal && { signal }) },
          env,
        )
      const wished = await page([`--resolution=${resolution}`])
      // A backend without that option refuses to start: then it scans as it likes.
      const ended = wished.kind === 'exit' && wished.err.includes('unrecognized option') ? await page([]) : wished
      if (ended.kind !== 'exit' || ended.code !== 0) return err(faultFor(ended))
      if (!isJpeg(ended.out)) return err(faultOf('scanner.failed', 'the answer is not a picture'))
      return ok({ mime: 'image/jpeg', bytes: Uint8Array.from(ended.out) })
    },
    scanStack: async ({ scanner, signal, onPage }) => {
      const name = scanner === undefined ? await first(list(signal)) : ok(scanner)
      if (!name.ok) return name
      const device = `--device-name=${name.value}`
      const asked = await runBounded(
        'scanimage',
        [device, '-A'],
        { ms: patience.list, bytes: 1024 * 1024, signal },
        env,
      )
      if (asked.kind !== 'exit' || asked.code !== 0) return err(faultFor(asked))
      const options = asked.out.toString('utf8')
      const feeder = feederArguments(options)
      const resolutions = /^\s*--resolution /mu.test(options) ? [`--resolution=${String(resolution)}`] : []
      // What lies on a glass would be taken again and again.
      const count = feeder === undefined ? 1 : stackLimit.pages
      const taken = await takePages(
        [device, '--format=jpeg', ...(feeder ?? []), ...resolutions, `--batch-count=${String(count)}`],
        { ms: patience.scan, bytes: stackLimit.bytes, signal, onPage },
        env,
      )
      const pages = taken.pages.filter(isJpeg).map((bytes) => ({ mime: 'image/jpeg', bytes }) as const)
      const { ended } = taken
      if (ended.kind === 'cancelled') return err(faultFor(ended))
      const whole = ended.kind === 'exit' && (ended.code === 0 || ended.code === feederEmpty)
      if (pages.length === 0) return err(whole ? faultOf('scanner.empty') : faultFor(ended))
      if (whole && pages.length === taken.pages.length) return ok({ pages })
      return ok({ pages, ended: faultOf('scanner.stopped', faultFor(ended).detail, { pages: pages.length }) })
    },
  }
}

const first = async (found: Promise<Result<readonly Found[]>>): Promise<Result<string>> => {
  const scanners = await found
  if (!scanners.ok) return scanners
  const [one] = scanners.value
  return one === undefined ? err(faultOf('scanner.none')) : ok(one.name)
}

/** One scanner a line: device name, tab, vendor and model. Total: other lines are left out. */
export const parseList = (text: string): readonly Found[] =>
  text.split('\n').flatMap((line) => {
    const [name, description] = line.split('\t')
    return name === undefined || name === '' || description === undefined
      ? []
      : [{ name, description: description.trim() || name }]
  })

/** SOI at the start and EOI at the end (ISO/IEC 10918-1, B.1.1.3): the page is whole. */
const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9

function faultFor(ended: Ended): Fault {
  switch (ended.kind) {
    case 'cancelled':
      return faultOf('call.cancelled')
    case 'missing':
      return faultOf('scanner.none', 'scanimage is not installed')
    case 'timeout':
      return faultOf('scanner.failed', 'the scanner did not end')
    case 'tooLong':
      return faultOf('scanner.failed', 'the page is too large')
    case 'exit': {
      const words = lastWords(ended.err)
      // What SANE says of a device that is not there (SANE_STATUS_INVAL on opening, or none at all).
      return /no SANE devices found|open of device .* failed: Invalid argument/.test(ended.err)
        ? faultOf('scanner.none', words)
        : faultOf('scanner.failed', words)
    }
  }
}

/** What scanimage says of its own end, after the reason. */
const farewell = /received signal|trying to stop|aborting/

/** The backend's reason: the last line that scanimage itself wrote before its farewell, without its name. */
function lastWords(text: string): string {
  const lines = text.split('\n').filter((line) => line.startsWith('scanimage:') && !farewell.test(line))
  return (
    (lines.at(-1) ?? text.trim().split('\n').at(-1) ?? '').replace(/^scanimage: /, '').slice(0, 200) ||
    'it ended without a word'
  )
}
