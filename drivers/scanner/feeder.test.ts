import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feederArguments } from './feeder.ts'
import { openSaneScanners } from './sane.ts'

describe('what takes a stack, by what a backend says of its scanner', () => {
  it.each([
    [
      'epson2',
      '    --source Flatbed|Automatic Document Feeder [Flatbed]\n    --adf-mode Simplex|Duplex [inactive]',
      ['--source=Automatic Document Feeder', '--adf-mode=Duplex'],
    ],
    ['fujitsu', '    --source ADF Front|ADF Back|ADF Duplex [ADF Front]', ['--source=ADF Duplex']],
    ['airscan', '    --source Flatbed|ADF|ADF Duplex [Flatbed]', ['--source=ADF Duplex']],
    [
      'brother4',
      '    --source FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex) [FlatBed]',
      ['--source=Automatic Document Feeder(left aligned,Duplex)'],
    ],
    ['kodak', '    --source ADF [ADF]\n    --duplex[=(yes|no)] [no]', ['--source=ADF', '--duplex=yes']],
  ])('%s', (_, options, expected) => {
    expect(feederArguments(options)).toEqual(expected)
  })

  it.each(['    --resolution 75|150|300dpi [75]', '    --source Flatbed|Transparency Unit [Flatbed]', ''])(
    'is nothing where it names no feeder: %s',
    (options) => {
      expect(feederArguments(options)).toBeUndefined()
    },
  )
})

/** A program in the place of `scanimage`, for what no scanner of a test does by itself. */
describe('a stack that does not go through whole', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guichet-feeder-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  /** Answers `-A` with these options, then does as `script` says; `$out` is where pages go, `page` writes one. */
  const scanner = (options: string, script: string) => {
    const program = join(folder, 'scanimage')
    const text = [
      '#!/bin/sh',
      'for one in "$@"; do case "$one" in',
      `  -A) printf '%s\\n' '${options}'; exit 0;;`,
      '  --batch=*) out="$(dirname "${one#--batch=}")";;',
      '  --batch-count=*) count="${one#--batch-count=}";;',
      'esac; done',
      `page() { printf '\\377\\330%s\\377\\331' "$1" > "$out/$1.jpg"; echo "$out/$1.jpg"; }`,
      script,
    ]
    writeFileSync(program, text.join('\n'))
    chmodSync(program, 0o755)
    return openSaneScanners({ env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` } })
  }
  const feeder = '    --source Flatbed|ADF [Flatbed]'
  const seen = (pages: readonly { readonly bytes: Uint8Array }[]) =>
    pages.map(({ bytes }) => Buffer.from(bytes.slice(2, -2)).toString())

  it('keeps the pages before a jam, and says where it stopped', async () => {
    const jam = 'page 1; page 2; echo "scanimage: sane_start: Document feeder jammed" >&2; exit 6'
    const stack = await scanner(feeder, jam).scanStack({ scanner: 'any' })
    expect(stack).toMatchObject({
      value: { ended: { code: 'scanner.stopped', detail: expect.stringMatching(/jammed/u), values: { pages: 2 } } },
    })
    if (stack.ok) expect(seen(stack.value.pages)).toEqual(['1', '2'])
  })

  it('has no page that broke off', async () => {
    const torn = 'page 1; printf "\\377\\330half" > "$out/2.jpg"; echo "$out/2.jpg"; exit 7'
    const stack = await scanner(feeder, torn).scanStack({ scanner: 'any' })
    expect(stack).toMatchObject({ value: { ended: { code: 'scanner.stopped', values: { pages: 1 } } } })
  })

  it('is the page on the glass where there is no feeder', async () => {
    const stack = await scanner(
      '    --mode Gray [Gray]',
      'n=1; while [ $n -le $count ]; do page $n; n=$((n+1)); done',
    ).scanStack({
      scanner: 'any',
    })
    expect(stack.ok && seen(stack.value.pages)).toEqual(['1'])
    expect(stack.ok && stack.value.ended).toBeUndefined()
  })
})
